using ScaleMs.Core.Records;
using ScaleMs.Store.Database;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

/// <summary>What every database must answer; each implementation runs all of it.</summary>
public abstract class RecordDatabaseContract : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose()
    {
        _workspace.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Open_NoStore_HasNoRecords()
    {
        using var database = Open();
        Assert.Null(database.FindResult(Sample.Key(1)));
        Assert.Null(database.FindState(Sample.Step(1)));
        Assert.Empty(database.Runs());
        Assert.Equal(JournalPosition.Start, database.Position);
    }

    [Fact]
    public void Find_ByKeyAndStep_GivesTheRecordWhole()
    {
        Commit(Sample.Result(1, 2, 5, 6), Sample.State(2, 1), Sample.State(2, 3));
        using var database = Open();
        Assert.Equal(StateText.Of(Sample.Result(1, 2, 5, 6)), StateText.Of(database.FindResult(Sample.Key(1))!));
        Assert.Equal(Sample.State(2, 3), database.FindState(Sample.Step(2)));
        Assert.Null(database.FindResult(Sample.Key(9)));
    }

    [Fact]
    public void ResultsOf_Step_AreNewestFirst()
    {
        Commit(Sample.Result(1, 2, 5), Sample.Result(9, 2, 5), Sample.Result(4, 2, 5), Sample.Result(5, 3, 5));
        using var database = Open();
        Assert.Equal([Sample.Key(9), Sample.Key(4), Sample.Key(1)], database.ResultsOf(Sample.Step(2)).Select(result => result.Key));
        Assert.Empty(database.ResultsOf(Sample.Step(7)));
    }

    [Fact]
    public void MakersOf_Bytes_AreTheResultsThatHaveThem()
    {
        Commit(Sample.Result(1, 1, 5, 6), Sample.Result(2, 2, 6, 6));
        using var database = Open();
        Assert.Equal([Sample.Key(1)], database.MakersOf(Sample.Bytes(5)).Select(result => result.Key));
        Assert.Equal([Sample.Key(2), Sample.Key(1)], database.MakersOf(Sample.Bytes(6)).Select(result => result.Key));
        Assert.Empty(database.MakersOf(Sample.Bytes(7)));
    }

    [Fact]
    public void MakersOf_ResultMadeAgainWithOtherBytes_NoLongerHasTheOld()
    {
        Commit(Sample.Result(1, 1, 5));
        using var database = Open();
        Commit(Sample.Result(1, 1, 8));
        database.Refresh();
        Assert.Empty(database.MakersOf(Sample.Bytes(5)));
        Assert.Single(database.MakersOf(Sample.Bytes(8)));
    }

    [Fact]
    public void Runs_AreNewestFirst()
    {
        Commit(Sample.Run(1), Sample.Run(3), Sample.Run(2));
        using var database = Open();
        Assert.Equal([Sample.Run(3), Sample.Run(2), Sample.Run(1)], database.Runs());
        Assert.Equal([Sample.Run(3)], database.Runs(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => database.Runs(0));
    }

    [Fact]
    public void Refresh_WhileAWriterHasTheStore_SeesWhatIsCommitted()
    {
        using var store = _workspace.Open();
        using var database = Open();
        for (var i = 1; i < 20; i++)
        {
            store.Commit(Sample.Run(i));
            database.Refresh();
            Assert.Equal(i, database.Runs().Count);
        }

        var position = database.Position;
        database.Refresh();
        Assert.Equal(position, database.Position);
    }

    [Fact]
    public void Refresh_LastLineStillBeingWritten_TakesItWhenItIsWhole()
    {
        Commit(Sample.Run(1));
        var segment = _workspace.Segments().Single();
        var whole = File.ReadAllBytes(segment);
        var cut = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 10;
        File.WriteAllBytes(segment, whole[..cut]);
        using var database = Open();
        var before = database.Position;
        File.WriteAllBytes(segment, whole);
        database.Refresh();
        Assert.True(database.Position > before);
        Assert.Single(database.Runs());
    }

    [Fact]
    public void Refresh_AfterCompaction_AnswersTheSame()
    {
        Commit(Sample.Run(1), Sample.Result(1, 1, 5));
        using var database = Open();
        using (var store = _workspace.Open())
        {
            for (var i = 0; i < 6000; i++)
            {
                store.Commit(Sample.State(i % 3, i));
            }
        }

        Assert.EndsWith(".base.log", Assert.Single(_workspace.Segments()), StringComparison.Ordinal);
        database.Refresh();
        Assert.Equal([Sample.Run(1)], database.Runs());
        Assert.Equal(Sample.Key(5999), database.FindState(Sample.Step(2))!.Key);
        Assert.Single(database.MakersOf(Sample.Bytes(5)));
    }

    [Fact]
    public void Rebuild_AnyTime_AnswersTheSame()
    {
        var random = new Random(3);
        Commit([.. Enumerable.Range(0, 300).Select(_ => Sample.Any(random))]);
        using var database = Open();
        var before = Answers(database);
        database.Rebuild();
        Assert.Equal(before, Answers(database));
    }

    private protected abstract IRecordDatabase Open(string workspace);

    private protected IRecordDatabase Open() => Open(_workspace.Root);

    private protected static string Answers(IRecordDatabase database) => string.Join('\n', Enumerable.Range(0, 40).SelectMany(i =>
        new StoreRecord?[] { database.FindResult(Sample.Key(i)), database.FindState(Sample.Step(i)) }
            .Concat(database.ResultsOf(Sample.Step(i))).Concat(database.MakersOf(Sample.Bytes(i)))
            .OfType<StoreRecord>().Select(StateText.Of)).Concat(database.Runs().Select(StateText.Of)));

    private protected void Commit(params StoreRecord[] records)
    {
        using var store = _workspace.Open();
        store.Commit(records);
    }

    private protected string DatabaseFile => Path.Combine(_workspace.Store, "filestore.db");
}

public sealed class JournalDatabaseTests : RecordDatabaseContract
{
    private protected override IRecordDatabase Open(string workspace) => JournalDatabase.Open(workspace);
}
