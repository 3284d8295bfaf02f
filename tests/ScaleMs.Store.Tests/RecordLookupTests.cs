using ScaleMs.Store.Database;
using ScaleMs.Store.Snapshots;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

/// <summary>One record found by the tables must be the one that folding everything gives.</summary>
public sealed class RecordLookupTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Find_AfterSeveralRuns_EqualsTheFoldedState()
    {
        Fill(runs: 5);
        Assert.Equal(5, Tables().Length);
        AssertFindsAll(_workspace);
    }

    [Fact]
    public void Find_WhileARunWrites_SeesWhatItCommitted()
    {
        Fill(runs: 2);
        using var store = _workspace.Open();
        store.Commit(Sample.Result(1, 1, 77), Sample.State(1, 1));
        Assert.Equal(Sample.Key(1), new RecordLookup(_workspace.Root).FindState(Sample.Step(1))!.Key);
        AssertFindsAll(_workspace);
    }

    [Fact]
    public void Find_AfterACrash_ReadsTheSegmentWithoutTable()
    {
        Fill(runs: 2);
        using var store = _workspace.Open();
        store.Commit(Sample.Result(3, 3, 78), Sample.State(3, 3));
        using var image = _workspace.CrashImage();
        AssertFindsAll(image);
    }

    [Fact]
    public void Find_AfterACompaction_UsesTheTableOfTheBase()
    {
        using (var store = _workspace.Open())
        {
            for (var i = 0; i < 3000; i++)
            {
                store.Commit(Sample.Result(i % 12, i % 12, i % 5), Sample.State(i % 12, i % 12));
            }
        }

        Assert.EndsWith(".base.log.keys", Assert.Single(Tables()), StringComparison.Ordinal);
        AssertFindsAll(_workspace);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(200)]
    [InlineData(-2)]
    public void Find_DamagedTable_IsNotBelieved(int at)
    {
        Fill(runs: 1);
        var table = Assert.Single(Tables());
        var bytes = File.ReadAllBytes(table);
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x40;
        File.WriteAllBytes(table, bytes);
        AssertFindsAll(_workspace);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_TableOfSeveralBlocks_FindsAllWhicheverIsDamaged(int? damaged)
    {
        const int records = 600;
        using (var store = _workspace.Open())
        {
            store.Commit([.. Enumerable.Range(0, records).Select(i => Sample.State(i, i)), Sample.State(7, 8)]);
        }

        var table = Assert.Single(Tables());
        var bytes = File.ReadAllBytes(table);
        Assert.Equal(KeyTable.HeadSize + (3 * KeyTable.BlockSize), bytes.Length);
        if (damaged is { } block)
        {
            bytes[KeyTable.HeadSize + (block * KeyTable.BlockSize) + 100] ^= 1;
            File.WriteAllBytes(table, bytes);
        }

        var lookup = new RecordLookup(_workspace.Root);
        Assert.All(Enumerable.Range(0, records), i => Assert.Equal(Sample.Key(i == 7 ? 8 : i), lookup.FindState(Sample.Step(i))!.Key));
        Assert.Null(lookup.FindState(Sample.Step(records)));
    }

    [Fact]
    public void Find_BlockOfAnotherPlace_IsNotBelieved()
    {
        using (var store = _workspace.Open())
        {
            store.Commit([.. Enumerable.Range(0, 300).Select(i => Sample.State(i, i))]);
        }

        var table = Assert.Single(Tables());
        var bytes = File.ReadAllBytes(table);
        bytes.AsSpan(KeyTable.HeadSize, KeyTable.BlockSize).CopyTo(bytes.AsSpan(KeyTable.HeadSize + KeyTable.BlockSize));
        File.WriteAllBytes(table, bytes);
        Assert.All(Enumerable.Range(0, 300), i => Assert.NotNull(new RecordLookup(_workspace.Root).FindState(Sample.Step(i))));
    }

    [Fact]
    public void Find_TableCutOff_IsNotBelieved()
    {
        Fill(runs: 1);
        var table = Assert.Single(Tables());
        File.WriteAllBytes(table, File.ReadAllBytes(table)[..100]);
        AssertFindsAll(_workspace);
    }

    [Fact]
    public void Find_NoStore_FindsNothing() => Assert.Null(new RecordLookup(_workspace.Root).FindState(Sample.Step(1)));

    private static void AssertFindsAll(Workspace workspace)
    {
        using var database = JournalDatabase.Open(workspace.Root);
        var lookup = new RecordLookup(workspace.Root);
        for (var i = 0; i < 14; i++)
        {
            Assert.Equal(database.FindState(Sample.Step(i)), lookup.FindState(Sample.Step(i)));
            var (expected, found) = (database.FindResult(Sample.Key(i)), lookup.FindResult(Sample.Key(i)));
            Assert.Equal(expected is null ? null : StateText.Of(expected), found is null ? null : StateText.Of(found));
        }
    }

    private void Fill(int runs)
    {
        var random = new Random(7);
        for (var run = 0; run < runs; run++)
        {
            using var store = _workspace.Open();
            for (var i = 0; i < 60; i++)
            {
                store.Commit(Sample.Any(random));
            }
        }
    }

    private string[] Tables() => Directory.GetFiles(_workspace.Journal, "*.keys");
}
