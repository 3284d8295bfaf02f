using ScaleMs.Core.Ports;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class EpochTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("node-7.cluster", "3f-2a", false, "0000000007-node-7.cluster-3f2a.log")]
    [InlineData("../é host", "a/b", true, "0000000007-..___host-a_b.base.log")]
    [InlineData("", "", false, "0000000007-unknown-unknown.log")]
    public void Name_OfAnyHost_IsSafeAndReadBack(string host, string bootId, bool isBase, string expected)
    {
        var name = SegmentName.Of(7, new OpenOptions { HostName = host, BootId = bootId }, isBase);
        Assert.Equal(expected, name.ToString());
        Assert.True(SegmentName.TryParse(expected, out var parsed));
        Assert.Equal(name, parsed);
    }

    [Theory]
    [InlineData("notes.log")]
    [InlineData("0000000001.log")]
    [InlineData("0000000001-host.log")]
    [InlineData("0000000001-host-boot.txt")]
    [InlineData("x000000001-host-boot.log")]
    public void Name_OfSomethingElse_IsNoSegment(string name) => Assert.False(SegmentName.TryParse(name, out _));

    [Fact]
    public void Writer_EachTime_MakesASegmentOfItsOwn()
    {
        for (var i = 0; i < 3; i++)
        {
            using var store = _workspace.Open();
            store.Commit(Sample.State(i, i));
        }

        Assert.Equal(["0000000001", "0000000002", "0000000003"], _workspace.Segments().Select(path => Path.GetFileName(path)[..10]));
    }

    [Fact]
    public void Open_TwoSegmentsOfOneEpoch_IsRefused()
    {
        using (var store = _workspace.Open())
        {
            store.Commit(Sample.State(1, 1));
        }

        Forge("0000000001-node-8-beef.log");
        var refusal = Assert.Throws<StoreException>(() => _workspace.Open());
        Assert.Contains("granted its lock twice", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("host 'node-7'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("host 'node-8'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sync_ASegmentOfSomebodyElseAppeared_IsRefusedFromThenOn()
    {
        using var store = _workspace.Open();
        store.Commit(Sample.State(1, 1));
        Forge("0000000002-node-8-beef.log");
        Assert.Contains("granted its lock twice", Assert.Throws<StoreException>(store.Sync).Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => store.Commit(Sample.State(2, 2)));
    }

    [Fact]
    public void Commit_ASegmentAppearedBeforeTheFirst_IsRefused()
    {
        using var store = _workspace.Open();
        Forge("0000000001-node-8-beef.log");
        Assert.Throws<StoreException>(() => store.Commit(Sample.State(1, 1)));
        Assert.Equal(0, store.State.Count);
    }

    private void Forge(string name) => File.WriteAllText(Path.Combine(_workspace.Journal, name), string.Empty);
}
