using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Blobs;
using ScaleMs.Store.Journal;
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
    public async Task Commit_MoreThanASecondAfterTheLastSync_Syncs()
    {
        var clock = new FakeClock();
        using var store = _workspace.Open(Workspace.Options(clock: clock));
        clock.Advance(TimeSpan.FromSeconds(1.1));
        store.Commit(Sample.State(1, 1));
        await store.Flushing;
        store.Commit(Sample.State(2, 2));
        Assert.Equal(1, Marks());
    }

    [Fact]
    public void Commit_WhileTheDiskIsFlushing_DoesNotWait()
    {
        using var disk = new ManualResetEventSlim();
        var clock = new FakeClock();
        using var store = _workspace.Open(Workspace.Options(clock: clock) with { AtPoint = Flushing(disk) });
        clock.Advance(TimeSpan.FromSeconds(1.1));
        store.Commit(Sample.State(1, 1));
        store.Commit(Sample.State(2, 2));
        Assert.False(store.Flushing.IsCompleted);
        Assert.Equal(0, Marks());
        disk.Set();
        store.Sync();
        Assert.Equal(2, Marks());
    }

    // A mark says that all blobs that were told of before it are flushed; one that came meanwhile may not be.
    [Fact]
    public async Task Blob_PutWhileTheDiskIsFlushing_IsToldOfAfterTheMark()
    {
        using var disk = new ManualResetEventSlim();
        var clock = new FakeClock();
        using var store = _workspace.Open(Workspace.Options(clock: clock) with { AtPoint = Flushing(disk) });
        clock.Advance(TimeSpan.FromSeconds(1.1));
        store.Commit(Sample.State(1, 1));
        var late = store.Put(_workspace.Write("late", "came while the disk was flushing"));
        store.Commit(Sample.State(2, 2));
        disk.Set();
        await store.Flushing;
        store.Commit(Sample.State(3, 3));
        var journal = File.ReadAllText(_workspace.Segments().Single());
        Assert.DoesNotContain(late.Bytes.Hex, journal[..journal.IndexOf("{\"type\":\"synced\"", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_AfterAFlushThatFailed_IsRefused()
    {
        var clock = new FakeClock();
        using var store = _workspace.Open(Workspace.Options(clock: clock) with { AtPoint = Refusing });
        clock.Advance(TimeSpan.FromSeconds(1.1));
        store.Commit(Sample.State(1, 1));
        await Assert.ThrowsAsync<StoreException>(() => store.Flushing);
        store.Commit(Sample.State(2, 2));
        Assert.Equal("no room", Assert.Throws<StoreException>(() => store.Commit(Sample.State(3, 3))).Message);
    }

    // Whatever it was that failed: a mark of a good end would say that all is flushed.
    [Fact]
    public async Task Dispose_AfterAFlushThatBrokeOff_LeavesNoMark()
    {
        var clock = new FakeClock();
        using (var store = _workspace.Open(Workspace.Options(clock: clock) with { AtPoint = Breaking }))
        {
            clock.Advance(TimeSpan.FromSeconds(1.1));
            store.Commit(Sample.State(1, 1));
            await Assert.ThrowsAsync<InvalidOperationException>(() => store.Flushing);
            store.Commit(Sample.State(2, 2));
            Assert.Contains("broke off", Assert.Throws<StoreException>(store.Sync).Message, StringComparison.Ordinal);
        }

        var journal = File.ReadAllText(_workspace.Segments().Single());
        Assert.DoesNotContain("{\"type\":\"synced\"", journal, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"type\":\"closed\"", journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_WhileTheDiskIsFlushing_WaitsAndMarksTheEnd()
    {
        using var disk = new ManualResetEventSlim();
        var clock = new FakeClock();
        var store = _workspace.Open(Workspace.Options(clock: clock) with { AtPoint = Flushing(disk) });
        clock.Advance(TimeSpan.FromSeconds(1.1));
        store.Commit(Sample.State(1, 1));
        var late = store.Put(_workspace.Write("late", "came while the disk was flushing"));
        var end = Task.Run(store.Dispose, TestContext.Current.CancellationToken);
        disk.Set();
        await end;
        var journal = File.ReadAllText(_workspace.Segments().Single());
        Assert.InRange(journal.IndexOf(late.Bytes.Hex, StringComparison.Ordinal), journal.IndexOf("{\"type\":\"synced\"", StringComparison.Ordinal), journal.LastIndexOf("{\"type\":\"synced\"", StringComparison.Ordinal));
        Assert.Contains("{\"type\":\"closed\"", journal, StringComparison.Ordinal);
    }

    [Fact]
    public void Blob_WrittenAnewWhileItIsFlushed_IsFlushedAgain()
    {
        var ledger = new BlobLedger(new JournalContents());
        ledger.Wrote(Blob);
        Assert.Equal([Blob], ledger.TakeUnflushed());
        ledger.Forget(Blob);
        ledger.Wrote(Blob);
        Assert.Equal([Blob], ledger.TakeUnflushed());
        Assert.Empty(ledger.TakeUnflushed());
    }

    // A killed process left it in the system's memory; whoever relies on it tells of it, and marks that it is flushed.
    [Fact]
    public void Blob_OfAKilledProcess_IsFlushedBeforeAMark()
    {
        var contents = new JournalContents();
        contents.Unsynced.Add(Blob);
        Assert.Equal([Blob], new BlobLedger(contents).TakeUnflushed());
    }

    [Fact]
    public void Blob_FoundToBeRight_IsFlushedBeforeAMark()
    {
        var ledger = new BlobLedger(new JournalContents());
        ledger.Know(new BlobFact(Blob, 1, 2, 3, 4));
        Assert.Equal([Blob], ledger.TakeUnflushed());
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

    private static Action<string> Flushing(ManualResetEventSlim disk) => point =>
    {
        if (point == CrashPoint.BeforeFlush)
        {
            Assert.True(disk.Wait(TimeSpan.FromMinutes(1)));
        }
    };

    private static void Refusing(string point)
    {
        if (point == CrashPoint.BeforeFlush)
        {
            throw new StoreException("no room");
        }
    }

    private static void Breaking(string point)
    {
        if (point == CrashPoint.BeforeFlush)
        {
            throw new InvalidOperationException("it broke off");
        }
    }

    private void KillAfterPut(string bootId)
    {
        using var other = OtherProcess.Hold(_workspace, bootId);
        other.Kill();
    }

    private int Marks() => File.ReadAllText(_workspace.Segments().Single()).Split("{\"type\":\"synced\"").Length - 1;
}
