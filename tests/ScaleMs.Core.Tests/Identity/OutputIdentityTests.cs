using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Core.Tests.Identity;

public sealed class OutputIdentityTests
{
    private static readonly ActionKey Key = new(Digest.OfText("key"));
    private static readonly ArtifactPath Checkpoint = ArtifactPath.Parse("run.cpt");

    [Fact]
    public void OfAction_SameKeyAndPath_IsTheSame() =>
        Assert.Equal(
            OutputIdentity.OfAction.Of(Key, Checkpoint),
            OutputIdentity.OfAction.Of(new ActionKey(Digest.OfText("key")), ArtifactPath.Parse("run.cpt")));

    [Fact]
    public void OfAction_KeyChanges_Differs() =>
        Assert.NotEqual(
            OutputIdentity.OfAction.Of(Key, Checkpoint), OutputIdentity.OfAction.Of(new ActionKey(Digest.OfText("other")), Checkpoint));

    [Fact]
    public void OfAction_PathChanges_Differs() =>
        Assert.NotEqual(OutputIdentity.OfAction.Of(Key, Checkpoint), OutputIdentity.OfAction.Of(Key, ArtifactPath.Parse("run.tpr")));

    /// <summary>A change here makes every consumer of such an output stale: then raise the rule's version with it.</summary>
    [Fact]
    public void OfAction_OfFixedKeyAndPath_IsPinned() => Assert.Equal(
        Digest.OfText("scalems.of-action/1\nsha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683\nrun.cpt"),
        OutputIdentity.OfAction.Of(Key, Checkpoint));

    [Fact]
    public void OutputIdentity_NameAndVersion_AreThoseOfTheRule()
    {
        Assert.Equal(("action", 1), NameAndVersion(new OutputIdentity.OfAction()));
        Assert.Equal(("bytes", 1), NameAndVersion(OutputIdentity.Bytes));
        Assert.Equal(("comments", 2), NameAndVersion(new OutputIdentity.Canonical(new LineIdentity("comments", 2, line => line))));
    }

    private static (string Name, int Version) NameAndVersion(OutputIdentity identity) => (identity.Name, identity.Version);

    /// <summary>The name under which it is recorded has the fingerprint of the program, the one in the producer's key has not.</summary>
    [Fact]
    public void Filtered_ByAnotherVersionOfTheProgram_IsAnotherRuleOfReaders()
    {
        var identity = new OutputIdentity.Filtered(new FilterCommand("awk", "!/^@/"));
        var (old, present) = (identity.NameBy(Tool("5.1")), identity.NameBy(Tool("5.2")));
        Assert.NotEqual(old, present);
        Assert.Equal(old, identity.NameBy(Tool("5.1")));
        Assert.Equal(("filter(\"awk\",\"!/^@/\")", 1), NameAndVersion(identity));
        Assert.True(identity.IsOf(Recorded(old, 1)) && identity.IsOf(Recorded(present, 1)));
        Assert.False(identity.IsOf(Recorded(old, 2)) || identity.IsOf(Recorded("bytes", 1)) || identity.IsOf(Recorded(identity.Name, 1)));
        Assert.False(new OutputIdentity.Filtered(new FilterCommand("awk", "x")).IsOf(Recorded(old, 1)));
        Assert.True(OutputIdentity.Bytes.IsOf(Recorded("bytes", 1)));

        static ToolFingerprint Tool(string version) => new([KeyValuePair.Create("version", version)]);
        static OutputRecord Recorded(string rule, int version) => new(Checkpoint, default, 0, default, rule, version);
    }

    [Fact]
    public void Filter_OfAFile_NamesItWhereTheArgumentStands()
    {
        var named = new FilterCommand("gmx", "dump", "-f", FilterCommand.File);
        Assert.Equal(["dump", "-f", "run.xtc"], named.ArgumentsFor("run.xtc"));
        Assert.True(named.NamesFile);
        Assert.False(new FilterCommand("cat").NamesFile);
    }
}
