using System.Buffers.Binary;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Database;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

/// <summary>A store of which single records are looked up must say what the same store says when all of it is read.</summary>
public sealed class LookedUpStoreTests : IDisposable
{
    private const int Names = 14;
    private readonly Study _study = new();

    private Workspace Workspace => _study.Workspace;

    public void Dispose() => _study.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Records_OfSeveralRuns_AreThoseOfTheWholeStore(int seed)
    {
        Fill(runs: 6, seed);
        SaysTheSame(Workspace);
    }

    [Fact]
    public void Records_WhileARunWrites_AreThoseOfTheWholeStore()
    {
        Fill(runs: 3, seed: 4);
        using var writer = Workspace.Open();
        writer.Commit(Sample.Result(1, 1, 77), Sample.State(1, 1), Sample.Unpublished(2), Sample.Published(3, 9), Sample.File(4, 5));

        SaysTheSame(Workspace);
    }

    [Fact]
    public void Records_AfterACrash_AreThoseOfTheWholeStore()
    {
        Fill(runs: 3, seed: 5);
        using var store = Workspace.Open();
        store.Commit(Sample.Published(2, 2), Sample.Unpublished(2), Sample.Unpublished(3), Sample.Published(3, 7), Sample.Result(3, 3, 78), Sample.State(3, 3));
        using var image = Workspace.CrashImage();

        SaysTheSame(image);
    }

    [Fact]
    public void Records_AfterACompaction_AreThoseOfTheWholeStore()
    {
        var random = new Random(6);
        Workspace.Open().Using(store =>
        {
            for (var i = 0; i < 6000; i++)
            {
                store.Commit(Sample.Any(random));
            }
        });
        Fill(runs: 2, seed: 7);

        Assert.Contains(Tables(), table => table.EndsWith(".base.log.keys", StringComparison.Ordinal));
        SaysTheSame(Workspace);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Records_BesideADamagedTable_AreThoseOfTheWholeStore(int at)
    {
        Fill(runs: 4, seed: 8);
        var table = Tables()[1];
        var bytes = File.ReadAllBytes(table);
        bytes[at] ^= 0x40;
        File.WriteAllBytes(table, bytes);

        SaysTheSame(Workspace);
    }

    [Fact]
    public void Records_BesideATableOfAnOlderVersion_AreThoseOfTheWholeStore()
    {
        Fill(runs: 4, seed: 9);
        Array.ForEach(Tables(), MakeOld);

        SaysTheSame(Workspace);
    }

    [Fact]
    public void Records_WhoseSegmentsACompactionTookAway_AreThoseOfTheWholeStore()
    {
        Fill(runs: 4, seed: 10);
        using var lookedUp = ReadingStore.Open(Workspace.Root, asked: 0);
        Compact();

        Assert.Single(Workspace.Segments());
        SaysTheSame(lookedUp.State, ReadingStore.Open(Workspace.Root).State);
        Assert.True(lookedUp.IsWhole);
    }

    [Fact]
    public void Blobs_OfSeveralRunsAndACrash_AreKnownAsInTheWholeStore()
    {
        List<Digest> blobs = [Sample.Bytes(99)];
        for (var run = 0; run < 3; run++)
        {
            Workspace.Open(_study.Options).Using(store => blobs.AddRange([_study.Record(store, run, run, "same"), _study.Record(store, run + 5, run + 5, $"of run {run}")]));
        }

        using var writer = Workspace.Open(_study.Options);
        blobs.Add(_study.Put(writer, "put and not told"));
        blobs.Add(_study.Record(writer, 9, 9, "of a run that goes on"));
        var layout = StoreLayout.Of(Workspace.Root, OpenOptions.DefaultDirectoryName);
        var whole = JournalLoader.Load(layout, _study.Options.BootId);
        using var lookedUp = JournalRecords.TryOpen(layout, _study.Options.BootId, 0, new Lazy<JournalContents>(whole))!;

        Assert.NotEmpty(whole.Blobs);
        Assert.All(blobs, blob => Assert.Equal(whole.FindBlob(blob), lookedUp.FindBlob(blob)));
    }

    [Fact]
    public void Blob_Edited_IsNotServed()
    {
        Digest bytes = default;
        Workspace.Open(_study.Options).Using(store => bytes = _study.Record(store, 1, 1, "first"));
        Assert.True(LookedUp().HasBlob(bytes));

        Study.Overwrite(_study.BlobPath(bytes), "wrong");
        Assert.False(LookedUp().HasBlob(bytes));
        File.Delete(_study.BlobPath(bytes));
        Assert.False(LookedUp().HasBlob(bytes));

        ReadingStore LookedUp() => ReadingStore.Open(Workspace.Root, _study.Options, asked: 0);
    }

    [Fact]
    public void Store_OfLittle_IsReadAtOnce()
    {
        Fill(runs: 1, seed: 11);

        using var store = ReadingStore.Open(Workspace.Root, asked: 10);

        Assert.True(store is { IsLookedUp: false, IsWhole: true });
    }

    [Fact]
    public void Store_OfMuchBesideWhatIsAsked_IsLookedUp()
    {
        Workspace.Open().Using(store => store.Commit([.. Enumerable.Range(0, 200).SelectMany(i => new StoreRecord[] { Sample.Result(i, i, i), Sample.State(i, i) })]));

        using var store = ReadingStore.Open(Workspace.Root, asked: 2);

        Assert.True(store is { IsLookedUp: true, IsWhole: false });
        Assert.Equal(Sample.Key(150), store.State.Steps[Sample.Step(150)].Key);
        Assert.Throws<KeyNotFoundException>(() => store.State.Steps[Sample.Step(200)]);
        Assert.Throws<InvalidOperationException>(() => store.State.Apply(Sample.Run(1)));
        Assert.False(store.IsWhole);
        Assert.Equal(200, store.State.Steps.Count);
        Assert.True(store.IsWhole);
    }

    private static void SaysTheSame(Workspace workspace)
    {
        using var lookedUp = ReadingStore.Open(workspace.Root, asked: 0);
        Assert.True(lookedUp.IsLookedUp);
        SaysTheSame(lookedUp.State, ReadingStore.Open(workspace.Root).State);
        Assert.False(lookedUp.IsWhole);
        Assert.Equal(StateText.Of(ReadingStore.Open(workspace.Root).State), StateText.Of(lookedUp.State));
    }

    private static void SaysTheSame(StoreState lookedUp, StoreState whole)
    {
        for (var i = 0; i < Names; i++)
        {
            var (step, key, path, file, tool) = (Sample.Step(i), Sample.Key(i), Sample.Published(i, 0).Path, Sample.File(i, 0).Path, Sample.Tool(i).Probe);
            Assert.Equal(whole.Steps.GetValueOrDefault(step), lookedUp.Steps.GetValueOrDefault(step));
            Assert.Equal(whole.Published.GetValueOrDefault(path), lookedUp.Published.GetValueOrDefault(path));
            Assert.Equal(TextOf(whole.Results.GetValueOrDefault(key)), TextOf(lookedUp.Results.GetValueOrDefault(key)));
            Assert.Equal(TextOf(whole.Files.GetValueOrDefault(file)), TextOf(lookedUp.Files.GetValueOrDefault(file)));
            Assert.Equal(TextOf(whole.Tools.GetValueOrDefault(tool)), TextOf(lookedUp.Tools.GetValueOrDefault(tool)));
            Assert.Equal(Texts(whole.ResultsOf(step)), Texts(lookedUp.ResultsOf(step)));
        }
    }

    private static IEnumerable<string> Texts(IEnumerable<ActionResult> results) => results.Select(StateText.Of).Order(StringComparer.Ordinal);

    private static string? TextOf(StoreRecord? record) => record is null ? null : StateText.Of(record);

    private void Fill(int runs, int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < runs; run++)
        {
            Workspace.Open().Using(store =>
            {
                for (var i = 0; i < 60; i++)
                {
                    store.Commit(Sample.Any(random));
                }
            });
        }
    }

    private void Compact() => Workspace.Open(Workspace.Options() with { MostSegments = 1 }).Using(store => store.Commit(Sample.Run(1)));

    private string[] Tables() => [.. Directory.GetFiles(Workspace.Journal, "*.keys").Order(StringComparer.Ordinal)];

    /// <summary>As the version before wrote it: it says nothing of files, tools, published paths and blobs.</summary>
    private static void MakeOld(string table)
    {
        var bytes = File.ReadAllBytes(table);
        var head = bytes.AsSpan(0, KeyTable.HeadSize);
        KeyTable.OldMagic.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[^4..], Crc32C.Of(head[..^4]));
        File.WriteAllBytes(table, bytes);
    }
}
