using ScaleMs.Core.Digests;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class SyncTests : IDisposable
{
    private static readonly Digest Blob = Digest.OfText("from the other process");
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Commit_WithinASecondOfTheLastSync_LeavesNoMark()
    {
        using var store = _workspace.Open(Workspace.Options(clock: new FakeClock()));
        store.Commit(Sample.State(1, 1));
        store.Commit(Sample.State(2, 2));
        Assert.Equal(0, Marks());
    }

    [Fact]
    public void Commit_MoreThanASecondAfterTheLastSync_Syncs()
    {
        var clock = new FakeClock();
        using var store = _workspace.Open(Workspace.Options(clock: clock));
        clock.Advance(TimeSpan.FromSeconds(1.1));
        store.Commit(Sample.State(1, 1));
        store.Commit(Sample.State(2, 2));
        Assert.Equal(1, Marks());
    }

    [Fact]
    public void Sync_Asked_MarksOnce()
    {
        using var store = _workspace.Open(Workspace.Options(clock: new FakeClock()));
        store.Put(_workspace.Write("a", "text"));
        store.Commit(Sample.State(1, 1));
        store.Sync();
        store.Sync();
        Assert.Equal(1, Marks());
    }

    [Fact]
    public void Blob_UnsyncedBeforeLossOfPower_IsHashedAtFirstUse()
    {
        KillAfterPut("boot-1");
        using (var store = _workspace.Open(Workspace.Options("boot-2")))
        {
            Assert.True(store.HasBlob(Blob));
            Assert.Equal(1, store.BlobsVerified);
        }

        using var next = _workspace.Open(Workspace.Options("boot-2"));
        Assert.True(next.HasBlob(Blob));
        Assert.Equal(0, next.BlobsVerified);
    }

    [Fact]
    public void Blob_UnsyncedBeforeAKillOfTheProcessOnly_IsTrusted()
    {
        KillAfterPut("boot-1");
        using var store = _workspace.Open(Workspace.Options("boot-1"));
        Assert.True(store.HasBlob(Blob));
        Assert.Equal(0, store.BlobsVerified);
    }

    // The doubt must not be lost when another run folds the index between the kill and the loss of power.
    [Fact]
    public void Blob_UnsyncedThenFoldedThenLossOfPower_IsStillHashed()
    {
        KillAfterPut("boot-1");
        using (var store = _workspace.Open(Workspace.Options("boot-1")))
        {
            store.Commit(Sample.State(3, 3));
        }

        Assert.True(File.Exists(_workspace.Index));
        using var next = _workspace.Open(Workspace.Options("boot-2"));
        Assert.True(next.HasBlob(Blob));
        Assert.Equal(1, next.BlobsVerified);
    }

    [Fact]
    public void Blob_LostWithThePower_IsNotServed()
    {
        KillAfterPut("boot-1");
        using var store = _workspace.Open(Workspace.Options("boot-2"));
        var path = store.BlobPath(Blob);
        File.Delete(path);
        File.WriteAllBytes(path, new byte["from the other process".Length]);
        Assert.False(store.HasBlob(Blob));
        Assert.Single(Directory.GetFiles(Path.Combine(_workspace.Store, "damaged")));
    }

    private void KillAfterPut(string bootId)
    {
        using var other = OtherProcess.Hold(_workspace, bootId);
        other.Kill();
    }

    private int Marks() => File.ReadAllText(_workspace.Segments().Single()).Split("{\"type\":\"synced\"").Length - 1;
}
