using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Store.Tests.Definitions;

/// <summary>The samples have all that there is, so that the tests with them forget nothing. A part of the model that is added fails here until a sample has it.</summary>
public sealed class SampleStepsTests
{
    private static readonly List<(string Holder, object? Value)> Walked = [.. SampleSteps.All.SelectMany(step => Parts.Walk(step, "sample"))];

    private static IEnumerable<Type> Types => Walked.Select(part => part.Value?.GetType()).OfType<Type>().Where(type => type.Assembly == typeof(StepInstance).Assembly).Distinct();

    [Fact]
    public void Samples_OfEveryProperty_HaveTwoValuesAtLeast()
    {
        // A step that reads progress cannot be kept, see StepCodecTests.
        string[] code = ["StepInstance.Progress"];
        var values = Walked.GroupBy(part => part.Holder, part => Parts.Describe(part.Value), StringComparer.Ordinal)
            .ToDictionary(part => part.Key, part => part.Distinct(StringComparer.Ordinal).Count(), StringComparer.Ordinal);
        Assert.True(values.Count > 60);
        Assert.Equal(code, values.Where(part => part.Key.Contains('.', StringComparison.Ordinal) && !part.Key.EndsWith("[]", StringComparison.Ordinal) && part.Value < 2).Select(part => part.Key));
    }

    [Fact]
    public void Samples_OfEveryEnumeration_HaveAllValues()
    {
        var enums = Types.Where(type => type.IsEnum).ToList();
        Assert.Contains(typeof(SiteFact), enums);
        Assert.All(enums, type => Assert.Equal(
            Enum.GetValues(type).Cast<object>().ToHashSet(), Walked.Select(part => part.Value).OfType<object>().Where(value => value.GetType() == type).ToHashSet()));
    }

    /// <summary>Identities have their own tests: <see cref="IdentityCodecTests"/>.</summary>
    [Fact]
    public void Samples_OfEveryUnion_HaveAllCases()
    {
        Type[] unions = [typeof(InputSource), typeof(ToolVersion), typeof(SecretSource)];
        Type[] others = [typeof(Operation), typeof(OutputIdentity), typeof(ContentIdentity)];
        Assert.Equal(unions.Concat(others).ToHashSet(), Types.Select(type => type.BaseType).OfType<Type>().Where(type => type.Assembly == typeof(StepInstance).Assembly).ToHashSet());
        Assert.All(unions, union => Assert.Empty(union.GetNestedTypes().Where(type => type.IsSubclassOf(union)).Except(Types)));
    }
}
