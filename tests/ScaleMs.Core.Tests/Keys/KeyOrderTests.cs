using System.Globalization;
using ScaleMs.Core.Keys;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

/// <summary>The key does not depend on the order of a dictionary, nor on the user's language.</summary>
public sealed class KeyOrderTests
{
    private static readonly KeyValuePair<string, string>[] Variables =
        [.. "b B a _ Z ä i I ı İ a-b ab".Split(' ').Select((name, i) => SampleAction.Pair(name, $"{i}"))];

    [Fact]
    public void Key_EnvironmentGivenInAnyOrder_IsTheSame()
    {
        var sorted = new SortedDictionary<string, string>(new Dictionary<string, string>(Variables), StringComparer.Ordinal);
        var expected = KeyEncoder.Encode(WithEnvironment(sorted));
        for (var seed = 0; seed < 20; seed++)
        {
            var shuffled = Variables.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected.Key, KeyEncoder.Encode(WithEnvironment(new Dictionary<string, string>(shuffled))).Key);
        }
    }

    /// <summary>Under en-US 'a' comes before 'B', in invariant mode after it: only the ordinal order is the same everywhere.</summary>
    [Fact]
    public void Components_OfEnvironment_AreInOrdinalOrder()
    {
        var names = KeyEncoder.Encode(WithEnvironment(new Dictionary<string, string>(Variables))).Components
            .Select(component => component.Name).Where(name => name.StartsWith("environment/", StringComparison.Ordinal)).ToList();
        Assert.Equal(Variables.Length, names.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Key_UnderForeignNumberSigns_IsTheSame()
    {
        var action = SampleAction.OfCommands.WithSuccess(rule => rule with { AllowedExitCodes = [-1, 0, 1234] });
        var expected = KeyEncoder.Encode(action);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Foreign();
            Assert.Equal("−1", (-1).ToString(CultureInfo.CurrentCulture));
            Assert.Equal(expected.Key, KeyEncoder.Encode(action).Key);
            Assert.Contains(KeyEncoder.Encode(action).Components, component => component == new KeyComponent("success/exit", "-1,0,1234"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void TemplateName_WithTheLettersThatTurkishTellsApart_IsFoundInAnyCase() =>
        Assert.Equal("x", TemplateText.Render("@INIT@", [SampleAction.Pair("init", "x")], out _));

    /// <summary>The build is culture-invariant, so sv-SE itself cannot be had: this has its minus sign and separators.</summary>
    private static CultureInfo Foreign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = " ";
        return culture;
    }

    private static ClosedAction WithEnvironment(IReadOnlyDictionary<string, string> variables) =>
        SampleAction.OfCommands.With(step => step with { Environment = variables });
}
