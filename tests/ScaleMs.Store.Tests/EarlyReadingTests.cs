using ScaleMs.Core.Ports;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

/// <summary>A store that was read before it was opened holds what it holds when it is opened.</summary>
public sealed class EarlyReadingTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Store_ReadEarly_HoldsWhatItHeld()
    {
        Record(1);
        Record(2);

        using var store = Open(Begin());

        Assert.Equal(WholeText(), StateText.Of(store.State));
    }

    [Fact]
    public void Store_ReadEarlyAndUsed_KeepsOldAndNewRecords()
    {
        Record(1);
        Open(Begin()).Using(store => store.Commit(Sample.Result(2, 2, 2), Sample.State(2, 2)));

        Assert.Equal([Sample.Key(1), Sample.Key(2)], ReadingStore.Open(_workspace.Root).State.Results.Keys.OrderBy(key => key == Sample.Key(2)));
    }

    [Fact]
    public void Reading_TakenTwice_IsTheFirstOnesAlone()
    {
        Record(1);
        var early = Begin();
        Open(early).Using(store => store.Commit(Sample.State(2, 2)));

        using var again = Open(early);

        Assert.Equal(WholeText(), StateText.Of(again.State));
    }

    [Fact]
    public void Store_WrittenToSinceTheReading_IsReadAnew()
    {
        Record(1);
        var early = Begin();
        Record(2);

        using var store = Open(early);

        Assert.Equal(Sample.Key(2), store.State.Steps[Sample.Step(2)].Key);
    }

    [Fact]
    public void Store_CompactedSinceTheReading_IsReadAnew()
    {
        Record(1);
        Record(2);
        var early = Begin();
        _workspace.Open(Workspace.Options() with { MostSegments = 1 }).Using(store => store.Commit(Sample.Run(1)));

        using var opened = Open(early);

        Assert.Equal(WholeText(), StateText.Of(opened.State));
    }

    [Fact]
    public void Store_LeftByACrash_IsRepairedAsEver()
    {
        Record(1);
        using var killed = _workspace.Open();
        killed.Commit(Sample.State(2, 2));
        using var image = _workspace.CrashImage();
        File.AppendAllText(image.Segments()[^1], "torn");

        using var store = FileStore.Open(image.Root, Workspace.Options() with { Early = EarlyReading.Begin(image.Root, Workspace.Options()) });

        Assert.Equal(1, store.TornTails);
        Assert.Equal(Sample.Key(2), store.State.Steps[Sample.Step(2)].Key);
    }

    [Fact]
    public void Store_OfAnotherWorkspace_IsNotTakenForThisOne()
    {
        Record(1);
        using var other = new Workspace();

        using var store = other.Open(Workspace.Options() with { Early = Begin() });

        Assert.Equal(0, store.State.Count);
    }

    [Fact]
    public void Reading_WithoutAStore_MakesNone()
    {
        var early = Begin();

        Open(early).Using(store => Assert.Equal(0, store.State.Count));
    }

    [Fact]
    public void Reading_OfADamagedStore_LeavesTheComplaintToTheOpening()
    {
        Record(1);
        File.Copy(_workspace.Segments()[0], Path.Combine(_workspace.Journal, Path.GetFileName(_workspace.Segments()[0]).Replace("node-7", "node-8", StringComparison.Ordinal)));
        var early = Begin();

        Assert.Contains("granted its lock twice", Assert.Throws<StoreException>(() => Open(early)).Message, StringComparison.Ordinal);
    }

    private EarlyReading Begin()
    {
        var early = EarlyReading.Begin(_workspace.Root, Workspace.Options());
        early.Wait();
        return early;
    }

    private FileStore Open(EarlyReading early) => _workspace.Open(Workspace.Options() with { Early = early });

    private void Record(int number) => _workspace.Open().Using(store => store.Commit(Sample.Result(number, number, number), Sample.State(number, number), Sample.File(number, number)));

    private string WholeText() => StateText.Of(ReadingStore.Open(_workspace.Root).State);
}
