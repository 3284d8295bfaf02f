using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

/// <summary>The encoding as a whole: pinned, explained by unique names, and complete.</summary>
public sealed class KeyEncodingTests
{
    /// <summary>A change here means that every key of every user misses: then raise <see cref="KeyEncoder.Version"/> with it.</summary>
    /// <remarks>The digests were computed by other code (Python's hashlib) from the encoding's description.</remarks>
    [Fact]
    public void Encoding_OfFixedActions_IsPinned()
    {
        Assert.Equal("scalems.action/1", KeyEncoder.Version);
        Assert.Equal(
            "sha256:0fee6c2461266d4a3fac91358a3319f33d91dfa74ee9c4f4a1bfa2208d9035d5",
            KeyEncoder.Encode(SampleAction.OfCommands).Key.ToString());
        Assert.Equal(
            "sha256:53f36cb77c268c9900acf406e3566d402e26d34b19424c8a67b2ca417231b570",
            KeyEncoder.Encode(SampleAction.OfFunction).Key.ToString());
    }

    /// <summary>Hundreds of kilobytes are hashed piece by piece.</summary>
    [Fact]
    public void Encoding_OfManyInputs_IsPinned()
    {
        var names = Enumerable.Range(0, 2000).Select(i => ArtifactPath.Parse($"in/{i:d4}")).ToList();
        var step = new StepInstance
        {
            Id = new StepId("count", "all"),
            Operation = new Operation.Commands([new Command("wc", [])]),
            Inputs = names.ConvertAll(name => new Input(name, new InputSource.SourceFile(name.Value), ContentIdentity.Bytes)),
        };
        var action = new ClosedAction(step, [.. Enumerable.Range(0, 2000).Select(i => new InputIdentity(Digest.OfText($"{i}"), "bytes", 1))], [], [], []);
        Assert.Equal("sha256:9724c93767666f7169055b04406ce79b7a765b7811961bb22c6a571f160af3b5", KeyEncoder.KeyOf(action).ToString());
        // What comes after it in the same thread begins anew.
        Assert.Equal("sha256:0fee6c2461266d4a3fac91358a3319f33d91dfa74ee9c4f4a1bfa2208d9035d5", KeyEncoder.KeyOf(SampleAction.OfCommands).ToString());
    }

    [Fact]
    public void Components_OfFixedActions_AreNamedInTheOrderOfTheWalk() => Snapshot.Matches(
        Lines(SampleAction.OfCommands) + "\n\n" + Lines(SampleAction.OfFunction));

    [Fact]
    public void Components_OfAnyAction_BeginWithEncodingVersion() =>
        Assert.Equal(new KeyComponent("encoding", KeyEncoder.Version), KeyEncoder.Encode(SampleAction.OfCommands).Components[0]);

    [Fact]
    public void Components_OfOneKey_HaveUniqueNames()
    {
        foreach (var action in new[] { SampleAction.OfCommands, SampleAction.OfFunction })
        {
            var names = KeyEncoder.Encode(action).Components.Select(component => component.Name).ToList();
            Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        }
    }

    [Theory]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void Component_LongerThanALine_IsKeptAsDigest(int length, bool isKept)
    {
        var text = new string('x', length);
        var (_, components) = KeyEncoder.Encode(SampleAction.OfCommands.WithCommand(0, command => command with { StandardInput = text }));
        var value = components.Single(component => component.Name == "command[0]/stdin").Value;
        Assert.Equal(isKept ? text : Core.Digests.Digest.OfText(text).ToString(), value);
    }

    [Fact]
    public void Key_OfLongValueAndOfItsDigest_Differ()
    {
        var text = new string('x', 200);
        var first = SampleAction.OfCommands.WithCommand(0, command => command with { StandardInput = text });
        var second = SampleAction.OfCommands.WithCommand(
            0, command => command with { StandardInput = Core.Digests.Digest.OfText(text).ToString() });
        Assert.NotEqual(KeyEncoder.Encode(first).Key, KeyEncoder.Encode(second).Key);
    }

    [Fact]
    public void Key_OfBareAction_IsComputed()
    {
        var bare = new ClosedAction(new StepInstance { Id = new StepId("a", "a"), Operation = new Operation.Commands([]) }, [], [], [], []);
        Assert.False(KeyEncoder.Encode(bare).Key.Digest.IsNone);
    }

    [Fact]
    public void Key_BriefForm_IsTwelveHexDigits() =>
        Assert.Matches("^[0-9a-f]{12}$", KeyEncoder.Encode(SampleAction.OfCommands).Key.Brief);

    /// <summary>A new property is either written to the key or left out on purpose; both lists have a test for each name.</summary>
    [Fact]
    public void Key_EveryPropertyOfAStep_IsDecided()
    {
        string[] inKey = ["Operation", "Inputs", "Templates", "Outputs", "Environment", "Parameters", "Tools", "SiteFacts", "Success", "Secrets", "IsAlways"];
        string[] notInKey = ["Id", "PassedEnvironment", "Checkpoint", "Resources", "Launcher", "Retries", "IsStochastic", "KeepsState", "Progress", "LogFraming", "DeclaredAt", "Recipe"];
        Assert.Equal(
            inKey.Concat(notInKey).Order(StringComparer.Ordinal),
            typeof(StepInstance).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>What an explanation compares is there once, as far as it is the same.</summary>
    [Fact]
    public void Components_GivenThoseOfAFormerKey_TakeWhatIsTheSameFromThere()
    {
        var former = KeyEncoder.ComponentsOf(SampleAction.OfCommands);
        var edited = SampleAction.OfCommands.WithIdentity(identity => identity with { RuleVersion = 2 });
        var expected = KeyEncoder.ComponentsOf(edited);
        var components = KeyEncoder.ComponentsOf(edited, former);
        Assert.Equal(expected, components);
        Assert.Equal(1, components.Zip(former).Count(pair => !ReferenceEquals(pair.First, pair.Second)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Components_GivenOthersThanTheirOwn_AreTheSame(int passed)
    {
        var former = KeyEncoder.ComponentsOf(SampleAction.OfFunction).Skip(passed).ToList();
        Assert.Equal(KeyEncoder.ComponentsOf(SampleAction.OfCommands), KeyEncoder.ComponentsOf(SampleAction.OfCommands, former));
    }

    private static string Lines(ClosedAction action) =>
        string.Join('\n', KeyEncoder.Encode(action).Components.Select(Line));

    private static string Line(KeyComponent component) =>
        $"{component.Name} = {component.Value.Replace("\n", "\\n", StringComparison.Ordinal)}";
}
