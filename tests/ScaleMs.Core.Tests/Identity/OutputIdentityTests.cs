using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
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
}
