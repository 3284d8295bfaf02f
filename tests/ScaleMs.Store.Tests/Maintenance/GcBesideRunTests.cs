using ScaleMs.Core.Digests;
using ScaleMs.Store.Maintenance;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Maintenance;

/// <summary>A collector beside an open store: never what that store relies on.</summary>
public sealed class GcBesideRunTests : IDisposable
{
    private readonly Study _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Gc_BesideARun_RemovesWhatTheRunCannotNeed()
    {
        var unnamed = Leave("nobody's");
        using var store = _study.Workspace.Open(_study.Options);
        _study.Record(store, 1, 1, "something");
        var report = _study.Collect();
        Assert.Single(report.Items);
        Assert.Contains("dotnet test", report.Beside, StringComparison.Ordinal);
        Assert.False(report.IsPartial);
        Assert.False(_study.Has(unnamed));
    }

    [Fact]
    public void Gc_BesideARun_KeepsWhatItPutAndDidNotRecordYet()
    {
        using var store = _study.Workspace.Open(_study.Options);
        store.Commit(Sample.State(9, 9));
        var blob = _study.Put(store, "put");
        _study.Collect();
        Assert.True(_study.Has(blob));
    }

    [Fact]
    public void Gc_BesideARun_KeepsWhatItFoundAndDidNotRecordYet()
    {
        var left = Leave("left by an earlier run");
        using var store = _study.Workspace.Open(_study.Options);
        store.Commit(Sample.State(9, 9));
        Assert.Equal(left, _study.Put(store, "left by an earlier run"));
        _study.Collect();
        Assert.True(_study.Has(left));
    }

    [Fact]
    public void Gc_BesideARun_KeepsWhatItReadsUnderAFormerRecord()
    {
        _study.Workspace.Open(_study.Options).Using(store => _study.Record(store, 1, 1, "former"));
        using var store = _study.Workspace.Open(_study.Options);
        var former = Digest.OfText("former");
        _study.Record(store, 1, 1, "latter");
        _study.Collect(new GcRequest { MaxBytes = 0 });
        Assert.True(_study.Has(Digest.OfText("latter")));
        // Nothing names it any more, but a step that is running may have been given it: it stays until the run has ended.
        _study.Collect();
        Assert.True(_study.Has(former));
        store.Dispose();
        _study.Collect();
        Assert.False(_study.Has(former));
    }

    [Fact]
    public void Gc_BesideARun_LeavesWhatNeedsTheLockAndSaysSo()
    {
        using var store = _study.Workspace.Open(_study.Options);
        var blob = _study.Record(store, 1, 1, "current");
        var report = _study.Collect(new GcRequest { MaxBytes = 0 });
        Assert.True(report.IsPartial);
        Assert.True(_study.Has(blob));
    }

    [Fact]
    public void Gc_BesideARun_KeepsItsAttemptsAndThoseItMayContinue()
    {
        var (left, outdated) = _study.Workspace.Open(_study.Options).Using(store =>
        {
            var folders = (_study.Attempt(store, 1, 1, $"{Sample.Key(1).Digest.Brief}-a"), _study.Attempt(store, 2, 2, $"{Sample.Key(2).Digest.Brief}-b", daysAgo: 2));
            _study.Record(store, 3, 2, "now at another key", daysAgo: 1);
            return folders;
        });
        using var store = _study.Workspace.Open(_study.Options);
        var running = _study.Attempt(store, 4, 4, $"{Sample.Key(4).Digest.Brief}-c");
        var ending = _study.Attempt(store, 5, 5, $"{Sample.Key(5).Digest.Brief}-d");
        _study.Record(store, 5, 5, "recorded, its folder not yet removed");
        var nobodys = _study.Attempt(null, 6, 6, "nobodys");
        Assert.Single(_study.Collect().Items);
        Assert.All((string[])[left, outdated, running, ending], folder => Assert.True(Directory.Exists(folder), folder));
        Assert.False(Directory.Exists(nobodys));
    }

    [Fact]
    public void Gc_BesideARunThatHasNotTakenOverAnAttemptElsewhereYet_SparesWhatAKilledClientTookOfIt()
    {
        var attempt = _study.Workspace.Open(_study.Options).Using(store => _study.Attempt(store, 1, 1, "elsewhere", daysAgo: (int)(Study.Now - DateTimeOffset.UtcNow).TotalDays + 2));
        File.WriteAllText(Path.Combine(attempt, "staged.json"), "{}");
        var taken = Leave("an output");
        using var store = _study.Workspace.Open(_study.Options);
        store.Commit(Sample.State(9, 9));
        _study.Collect();
        Assert.True(_study.Has(taken));
    }

    [Fact]
    public void Gc_BesideARun_KeepsTheLogOfARunWithoutSummary()
    {
        using var store = _study.Workspace.Open(_study.Options);
        foreach (var run in (string[])["1-done", "2-running", "3-newest"])
        {
            Directory.CreateDirectory(Path.Combine(_study.Workspace.Store, "runs", run));
        }

        File.WriteAllText(Path.Combine(_study.Workspace.Store, "runs", "1-done", "summary.json"), "{}");
        Assert.Equal("runs/1-done", Assert.Single(_study.Collect(new GcRequest { KeepRuns = 1 }).Items).Path);
    }

    /// <summary>A run puts the same few contents again and again, some of which earlier runs left unnamed, while collectors never rest.</summary>
    [Fact]
    public void Gc_BesideABusyRun_NeverTakesAnythingItRecords()
    {
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                Leave($"content {round} {i}");
            }

            using var store = _study.Workspace.Open(_study.Options);
            store.Commit(Sample.Run(round));
            using var stop = new CancellationTokenSource();
            var collectors = Enumerable.Range(0, 2).Select(_ => Task.Run(() => CollectUntil(stop.Token))).ToList();
            Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            {
                var file = Path.Combine(_study.Workspace.Root, $"file {i}");
                File.WriteAllText(file, $"content {round} {i}");
                var blob = store.Put(file);
                Assert.True(_study.Has(blob.Bytes), $"round {round}: blob {i} went after it was put");
                Assert.Equal($"content {round} {i}", File.ReadAllText(store.BlobPath(blob.Bytes)));
            });
            stop.Cancel();
            Assert.All(collectors, collector => Assert.True(collector.Wait(TimeSpan.FromMinutes(1))));
            Assert.All(Enumerable.Range(0, 20), i => Assert.True(_study.Has(Digest.OfText($"content {round} {i}")), $"round {round}: blob {i}"));
        }
    }

    [Fact]
    public void Gc_KilledAtAnyDeletion_LeavesAStoreThatVerifies()
    {
        for (var i = 0; i < 6; i++)
        {
            _study.Workspace.Open(_study.Options).Using(store => _study.Record(store, i, i % 3, $"content {i}", seconds: i));
        }

        // A deletion is the only thing that a collector does, so that being killed is having done the front of its list.
        var items = _study.Collect(new GcRequest { MaxBytes = 0, IsPreview = true }).Items;
        foreach (var item in items)
        {
            File.Delete(Path.Combine(_study.Workspace.Store, item.Path));
            Assert.Equal(0, _study.Verify().Damaged);
        }

        Assert.Empty(_study.Collect(new GcRequest { MaxBytes = 0 }).Items);
    }

    private void CollectUntil(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            _study.Collect();
        }
    }

    /// <summary>A blob that a closed run left and no record names.</summary>
    private Digest Leave(string content) => _study.Workspace.Open(_study.Options).Using(store =>
    {
        var blob = _study.Put(store, content);
        store.Commit(Sample.State(9, 9));
        return blob;
    });
}
