using System.Buffers;
using System.Text;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class IndexTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0)]
    public void State_AfterRandomRecordsAndReopenings_EqualsTheFoldInMemory(int given)
    {
        var seed = given == 0 ? Environment.TickCount : given;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var all = new List<StoreRecord>();
        for (var session = 0; session < 12; session++)
        {
            using (var store = _workspace.Open())
            {
                Assert.Equal(StateText.Of(all), StateText.Of(store.State));
                for (var batch = random.Next(6); batch > 0; batch--)
                {
                    StoreRecord[] records = [.. Enumerable.Range(0, 1 + random.Next(20)).Select(_ => Sample.Any(random))];
                    store.Commit(records);
                    all.AddRange(records);
                }

                Assert.Equal(StateText.Of(all), StateText.Of(store.State));
            }

            Tamper(random);
        }
    }

    [Theory]
    [InlineData(7_258_118_400_000_000_000)] // the year 2200
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void State_WithAFileOfAnyDate_IsKept(long modifiedNs)
    {
        var file = Sample.File(1, 1) with { Stat = Sample.Stat(1) with { ModifiedNs = modifiedNs } };
        _workspace.Open().Using(store => store.Commit(file));
        Assert.True(File.Exists(_workspace.Index));
        Assert.Equal(file.Stat, _workspace.Open().Using(store => store.State.Files[file.Path].Stat));
    }

    [Fact]
    public void Names_OfDeclaredSteps_AreSharedByTheirRecords()
    {
        _workspace.Open().Using(store => store.Commit(Sample.State(1, 1), Sample.State(2, 2), Sample.Published(1, 1), Sample.File(1, 1) with { Path = "results/1.gro" }));
        var published = ArtifactPath.Parse("results/1.gro");
        var declared = new StepInstance
        {
            Id = Sample.Step(1),
            Operation = new Operation.Commands([new Command("gmx", [])]),
            Outputs = [new Output(ArtifactPath.Parse("run.gro"), OutputIdentity.Bytes, published)],
        };
        using var store = _workspace.Open(Workspace.Options() with { Declared = [declared] });
        Assert.Same(declared.Id, Assert.Single(store.State.Steps.Keys, step => step == declared.Id));
        Assert.Equal(Sample.Step(2), store.State.Steps[Sample.Step(2)].Step);
        Assert.Same(published, Assert.Single(store.State.Published.Keys));
        Assert.Same(published.Value, store.State.Files["results/1.gro"].Path);
    }

    [Fact]
    public void State_WithAnImportedResult_SaysFromWhere()
    {
        StoreRecord[] records = [Sample.Result(1, 1, 5) with { ImportedFrom = "old/π" }, Sample.Result(2, 2, 6)];
        _workspace.Open().Using(store => store.Commit(records));
        Assert.True(File.Exists(_workspace.Index));
        Assert.Equal(StateText.Of(records), _workspace.Open().Using(store => StateText.Of(store.State)));
        Assert.Equal("old/π", _workspace.Open().Using(store => store.State.Results[Sample.Key(1)].ImportedFrom));
    }

    [Fact]
    public void State_WithWhatStepsKeep_IsKept()
    {
        StoreRecord[] records = [Sample.Result(1, 1, 5) with { KeptState = """{"n":"π"}""" }, Sample.Result(2, 2, 6), Sample.Result(3, 3, 7) with { KeptState = "{ }", ImportedFrom = "old" }];
        _workspace.Open().Using(store => store.Commit(records));
        Assert.True(File.Exists(_workspace.Index));
        Assert.Equal(StateText.Of(records), _workspace.Open().Using(store => StateText.Of(store.State)));
        Assert.Equal("""{"n":"π"}""", _workspace.Open().Using(store => store.State.Results[Sample.Key(1)].KeptState));
        Assert.Null(_workspace.Open().Using(store => store.State.Results[Sample.Key(2)].KeptState));
        Assert.Equal(("{ }", "old"), _workspace.Open().Using(store => (store.State.Results[Sample.Key(3)].KeptState!, store.State.Results[Sample.Key(3)].ImportedFrom!)));
    }

    [Fact]
    public void State_WithComparedOutputs_SaysWithWhat()
    {
        var compared = Sample.Result(1, 1, 5, 6);
        OutputRecord[] outputs = [compared.Outputs[0], compared.Outputs[1] with { Compared = new ComparedOutput(Sample.Bytes(7), Sample.Bytes(6), "p: 1 → 2") }];
        StoreRecord[] records = [compared with { Outputs = outputs, ImportedFrom = "old" }, Sample.Result(2, 2, 6)];
        _workspace.Open().Using(store => store.Commit(records));
        Assert.True(File.Exists(_workspace.Index));
        Assert.Equal(StateText.Of(records), _workspace.Open().Using(store => StateText.Of(store.State)));
        var read = _workspace.Open().Using(store => store.State.Results[Sample.Key(1)]);
        Assert.Equal((outputs[1].Compared, "old"), (read.Outputs[1].Compared, read.ImportedFrom));
    }

    [Fact]
    public void Index_Deleted_ChangesNothing()
    {
        var before = Fill();
        File.Delete(_workspace.Index);
        using var store = _workspace.Open();
        Assert.Equal(before, StateText.Of(store.State));
    }

    [Fact]
    public void Index_AnyByteDamaged_ChangesNothing()
    {
        var before = Fill();
        var index = File.ReadAllBytes(_workspace.Index);
        for (var at = 0; at < index.Length; at += 97)
        {
            var damaged = index.ToArray();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(_workspace.Index, damaged);
            using var store = _workspace.Open();
            Assert.Equal(before, StateText.Of(store.State));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(40)]
    public void Index_CutShort_ChangesNothing(int length)
    {
        var before = Fill();
        File.WriteAllBytes(_workspace.Index, File.ReadAllBytes(_workspace.Index)[..length]);
        using var store = _workspace.Open();
        Assert.Equal(before, StateText.Of(store.State));
    }

    [Fact]
    public void Index_OfAnotherJournal_IsNotUsed()
    {
        Fill();
        using var other = new Workspace();
        using (var store = other.Open())
        {
            store.Commit(Sample.State(3, 3));
        }

        File.Copy(_workspace.Index, other.Index, overwrite: true);
        using var reopened = other.Open();
        Assert.Equal(1, reopened.State.Count);
    }

    [Fact]
    public void Journal_MostlyHistory_IsRewrittenAsOneBase()
    {
        using (var store = _workspace.Open())
        {
            store.Commit(Sample.Run(1), Sample.Intent(2, 2));
        }

        for (var session = 0; session < 3; session++)
        {
            using var store = _workspace.Open();
            for (var i = 0; i < 3000; i++)
            {
                store.Commit(Sample.State(i % 7, i), Sample.Published(i % 5, i), Sample.Unpublished(i % 3));
            }
        }

        Assert.EndsWith(".base.log", Assert.Single(_workspace.Segments()), StringComparison.Ordinal);
        var state = StateOf(_workspace);
        Assert.Contains("run-1", state, StringComparison.Ordinal);
        File.Delete(_workspace.Index);
        Assert.Equal(state, StateOf(_workspace));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Components_AskedForWhileOthersWriteAndCompact_AreThoseRecorded(bool listsBefore)
    {
        var results = Enumerable.Range(0, 40).Select(i => Sample.Result(i, i, i)).ToList();
        _workspace.Open().Using(store => store.Commit([.. results]));
        using var reader = ReadingStore.Open(_workspace.Root);
        if (listsBefore)
        {
            Assert.Equal(results[0].Components, reader.State.Results[results[0].Key].Components);
        }

        using (var store = _workspace.Open())
        {
            for (var i = 0; i < 3000; i++)
            {
                store.Commit(Sample.State(i % 7, i), Sample.Published(i % 5, i), Sample.Unpublished(i % 3));
            }
        }

        Assert.EndsWith(".base.log", Assert.Single(_workspace.Segments()), StringComparison.Ordinal);
        Assert.All(results, result => Assert.Equal(result.Components, reader.State.Results[result.Key].Components));
    }

    [Fact]
    public void Components_OfResultsJustCommitted_AreReadFromTheirLinesAndOutliveACompaction()
    {
        var results = Enumerable.Range(0, 40).Select(i => Sample.Result(i, i, i)).ToList();
        using (var store = _workspace.Open())
        {
            store.Commit(Sample.Run(1), results[0]);
            store.Commit([.. results[1..]]);
            Assert.All(results, result => Assert.NotSame(result.Components, store.State.Results[result.Key].Components));
            Assert.Equal(results[3].Components, store.State.Results[results[3].Key].Components);
            for (var i = 0; i < 3000; i++)
            {
                store.Commit(Sample.State(i % 7, i), Sample.Published(i % 5, i), Sample.Unpublished(i % 3));
            }
        }

        Assert.EndsWith(".base.log", Assert.Single(_workspace.Segments()), StringComparison.Ordinal);
        using var reader = ReadingStore.Open(_workspace.Root);
        Assert.All(results, result => Assert.Equal(result.Components, reader.State.Results[result.Key].Components));
    }

    [Fact]
    public void Index_LargerThanItsReadersWindow_SaysWhatTheJournalSays()
    {
        var longest = new string('π', 100_000);
        using (var store = _workspace.Open())
        {
            for (var i = 0; i < 1000; i++)
            {
                store.Commit(Sample.Result(i, i, i, i + 1), Sample.State(i, i), Sample.Published(i, i), Sample.File(i, i));
            }

            store.Commit(new RunRecord("run-1", longest, "done", DateTimeOffset.UnixEpoch, 1, 1), Sample.Run(2));
        }

        var layout = StoreLayout.Of(_workspace.Root, ".scalems");
        var index = IndexFile.TryRead(layout)!;
        Assert.True(new FileInfo(layout.Index).Length > 3 * (1 << 16));
        Assert.Equal(longest, index.State.Runs[0].Target);
        Assert.Equal(StateText.Of(JournalLoader.LoadWhole(layout, "boot").State), StateText.Of(index.State));

        var bytes = File.ReadAllBytes(layout.Index);
        foreach (var length in (int[])[0, 7, 11, 12, 1 << 16, (1 << 16) + 8, bytes.Length - 1])
        {
            File.WriteAllBytes(layout.Index, bytes[..length]);
            Assert.Null(IndexFile.TryRead(layout));
        }
    }

    [Fact]
    public void Index_WhenFewLinesThatCameSinceAreLongerThanItself_IsFoldedAnew()
    {
        _workspace.Open().Using(store => store.Commit([.. Enumerable.Range(0, 200).Select(i => Sample.State(i, i))]));
        var layout = StoreLayout.Of(_workspace.Root, ".scalems");
        var components = Enumerable.Range(0, 4000).Select(i => new KeyComponent($"input/file-{i}", Sample.Bytes(i).ToString())).ToList();
        var folded = new List<int>();
        for (var run = 0; run < 4; run++)
        {
            _workspace.Open().Using(store => store.Commit(Sample.Result(run, run, run) with { Components = components }));
            folded.Add(IndexFile.TryRead(layout)!.Segments.Count);
        }

        Assert.Equal([1, 1, 4, 4], folded);
    }

    [Fact]
    public void Components_OfWhatAKilledRunWrote_AreReadFromItsLinesAlsoAfterACompaction()
    {
        var results = Enumerable.Range(0, 20).Select(i => Sample.Result(i, i, i)).ToList();
        using var killed = _workspace.Open();
        killed.Commit([.. results]);
        using var image = _workspace.CrashImage();
        using var reader = ReadingStore.Open(image.Root);
        Assert.Equal(results[3].Components, reader.State.Results[results[3].Key].Components);

        using (var writer = image.Open())
        {
            Assert.Equal(results[4].Components, writer.State.Results[results[4].Key].Components);
            for (var i = 0; i < 3000; i++)
            {
                writer.Commit(Sample.State(i % 7, i), Sample.Published(i % 5, i), Sample.Unpublished(i % 3));
            }
        }

        Assert.EndsWith(".base.log", Assert.Single(image.Segments()), StringComparison.Ordinal);
        Assert.All(results, result => Assert.Equal(result.Components, reader.State.Results[result.Key].Components));
        using var after = ReadingStore.Open(image.Root);
        Assert.All(results, result => Assert.Equal(result.Components, after.State.Results[result.Key].Components));
    }

    [Fact]
    public void Components_ThatNoReaderCouldRead_AreRefusedAtTheOpening()
    {
        _workspace.Open().Using(store => store.Commit(Sample.Run(1)));
        var segment = _workspace.Segments().Single();
        var line = new ArrayBufferWriter<byte>();
        var payload = new ArrayBufferWriter<byte>();
        EntryCodec.Write(new JournalEntry.Fact(Sample.Result(1, 1, 1)), payload);
        LineFrame.Write(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(payload.WrittenSpan).Replace("\"name\":\"kind\"", "\"name\":\"\\ud800\"", StringComparison.Ordinal)), line);
        File.AppendAllBytes(Path.Combine(_workspace.Journal, segment), line.WrittenSpan.ToArray());

        Assert.Throws<StoreException>(() => _workspace.Open());
        Assert.Throws<StoreException>(() => ReadingStore.Open(_workspace.Root));
    }

    [Fact]
    public void Components_OfAResultWhoseLineIsDamagedMeanwhile_AreNone()
    {
        using var store = _workspace.Open();
        store.Commit(Sample.Result(1, 1, 1));
        var segment = Path.Combine(_workspace.Journal, Assert.Single(_workspace.Segments()));
        var bytes = File.ReadAllBytes(segment);
        bytes[^20] ^= 1;
        File.WriteAllBytes(segment, bytes);

        Assert.Empty(store.State.Results[Sample.Key(1)].Components);
    }

    [Fact]
    public void Index_OfManyPieces_HoldsTheWholeState()
    {
        StoreRecord[] files = [.. Enumerable.Range(0, 15_000).Select(i => Sample.File(i, i))];
        _workspace.Open().Using(store => store.Commit(files));

        Assert.True(new FileInfo(_workspace.Index).Length > 2 << 20);
        var index = IndexFile.TryRead(StoreLayout.Of(_workspace.Root, ".scalems"));
        Assert.NotNull(index);
        Assert.Equal(StateText.Of(files), StateText.Of(index.State));
    }

    [Fact]
    public void Open_AfterAKillWhileSomethingWasWrittenAside_RemovesIt()
    {
        _workspace.Open().Dispose();
        string[] left = [TemporaryName.Beside(_workspace.Index), TemporaryName.Beside(Path.Combine(_workspace.Journal, "base"))];
        Array.ForEach(left, file => File.WriteAllText(file, "half"));
        _workspace.Open().Dispose();
        Assert.DoesNotContain(left, File.Exists);
    }

    [Fact]
    public void Compaction_KilledBeforeOldSegmentsWereDeleted_ChangesNothing()
    {
        Journal_MostlyHistory_IsRewrittenAsOneBase();
        var state = StateOf(_workspace);
        var stale = Path.Combine(_workspace.Journal, "0000000001-node_7-boot.log");
        using (var other = new Workspace())
        {
            using (var store = other.Open())
            {
                store.Commit(Sample.Run(1), Sample.Run(99), Sample.Published(4, 4));
            }

            File.Copy(other.Segments().Single(), stale);
        }

        File.Delete(_workspace.Index);
        Assert.Equal(state, StateOf(_workspace));
        Assert.False(File.Exists(stale));
    }

    private static string StateOf(Workspace workspace)
    {
        using var store = workspace.Open();
        return StateText.Of(store.State);
    }

    private string Fill()
    {
        var random = new Random(5);
        using var store = _workspace.Open();
        store.Commit([.. Enumerable.Range(0, 60).Select(_ => Sample.Any(random))]);
        return StateText.Of(store.State);
    }

    private void Tamper(Random random)
    {
        if (random.Next(3) == 0)
        {
            File.Delete(_workspace.Index);
        }
    }
}
