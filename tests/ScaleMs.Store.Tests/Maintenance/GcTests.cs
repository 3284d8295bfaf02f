using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Maintenance;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Maintenance;

public sealed class GcTests : IDisposable
{
    private readonly Study _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Gc_WithoutOptions_RemovesOnlyWhatNothingCanNeed()
    {
        var (current, older, unnamed) = Fill();
        var report = _study.Collect();
        Assert.Equal(GcKind.UnnamedBlob, Assert.Single(report.Items).Kind);
        Assert.Equal(0, report.SecondsToRecreate);
        Assert.True(_study.Has(current));
        Assert.True(_study.Has(older));
        Assert.False(_study.Has(unnamed));
        Assert.Empty(_study.Verify().Findings);
        Assert.Empty(_study.Collect().Items);
    }

    [Fact]
    public void Gc_ByAge_RemovesOldBytesThatNoStepStandsAt()
    {
        var (current, older, _) = Fill();
        Assert.Single(_study.Collect(new GcRequest { OlderThan = TimeSpan.FromDays(41) }).Items);
        Assert.True(_study.Has(older));
        var report = _study.Collect(new GcRequest { OlderThan = TimeSpan.FromDays(39) });
        Assert.Equal((GcKind.OlderResult, 7.0), Assert.Single(report.Items.Select(item => (item.Kind, item.SecondsToRecreate))));
        Assert.Equal(7, report.SecondsToRecreate);
        Assert.True(_study.Has(current));
        using var store = _study.Workspace.Open(_study.Options);
        Assert.True(store.State.Results.ContainsKey(Sample.Key(1)), "records outlive bytes");
    }

    [Fact]
    public void Gc_KeepRuns_KeepsWhatTheNewestRunsMade()
    {
        var (first, second) = _study.Workspace.Open(_study.Options).Using(store =>
        {
            var made = (_study.Record(store, 1, 1, "first", run: "run-1"), _study.Record(store, 2, 1, "second", run: "run-2"));
            _study.Record(store, 3, 1, "third", run: "run-3");
            store.Commit(Sample.Run(1), Sample.Run(2), Sample.Run(3));
            return made;
        });
        _study.Collect(new GcRequest { KeepRuns = 2 });
        Assert.False(_study.Has(first));
        Assert.True(_study.Has(second));
        _study.Collect(new GcRequest { KeepRuns = 0 });
        Assert.False(_study.Has(second));
    }

    [Fact]
    public void Gc_BySize_TakesTheCheapestPerByteFirstAndWhatStepsStandAtLast()
    {
        var names = _study.Workspace.Open(_study.Options).Using(store => new[]
        {
            _study.Record(store, 1, 1, new string('a', 1000), seconds: 50, daysAgo: 1),
            _study.Record(store, 2, 1, new string('b', 1000), seconds: 5, daysAgo: 2),
            _study.Record(store, 3, 1, new string('c', 1000), seconds: 5, daysAgo: 3),
            _study.Record(store, 4, 1, new string('d', 1000), seconds: 1),
        });
        var (dear, young, old, current) = (names[0], names[1], names[2], names[3]);
        var order = _study.Collect(new GcRequest { MaxBytes = 0, IsPreview = true }).Items.Select(item => item.Path);
        Assert.Equal(new[] { old, young, dear, current }.Select(digest => $"blobs/sha256/{digest.Hex[..2]}/{digest.Hex[2..]}"), order);

        Assert.Equal(2, _study.Collect(new GcRequest { MaxBytes = 2000 }).Items.Count);
        Assert.True(_study.Has(dear) && _study.Has(current));
        Assert.Equal(1, _study.Collect(new GcRequest { MaxBytes = 999 }).SecondsToRecreate - 50);
        Assert.False(_study.Has(current));
        Assert.Equal(0, _study.Verify().Damaged);
    }

    [Fact]
    public void Gc_Preview_TellsTheSameAndTouchesNothing()
    {
        Fill();
        var request = new GcRequest { MaxBytes = 0, All = true };
        var before = Files();
        var preview = _study.Collect(request with { IsPreview = true });
        Assert.Equal(before, Files());
        Assert.Equal(preview.Items, _study.Collect(request).Items);
        Assert.NotEqual(before, Files());
    }

    [Fact]
    public void Gc_Attempts_KeepsWhatCanGoOnAndTheNewestFailure()
    {
        string continued = "", failedFirst = "", failedLast = "", outdated = "";
        _study.Workspace.Open(_study.Options).Using(store =>
        {
            continued = _study.Attempt(store, 1, 1, "continued");
            failedFirst = _study.Attempt(store, 2, 2, "failed-first", daysAgo: 2);
            failedLast = _study.Attempt(store, 2, 2, "failed-last", daysAgo: 1);
            File.WriteAllText(Path.Combine(failedFirst, "failed"), "exit 1");
            File.WriteAllText(Path.Combine(failedLast, "failed"), "exit 1");
            outdated = _study.Attempt(store, 3, 3, "outdated", daysAgo: 2);
            _study.Record(store, 4, 3, "now at another key", daysAgo: 1);
        });
        var nobodys = _study.Attempt(null, 5, 5, "nobodys");
        Assert.Equal(3, _study.Collect().Items.Count(item => item.Kind == GcKind.DeadAttempt));
        Assert.Equal((true, false, true, false, false), (Directory.Exists(continued), Directory.Exists(failedFirst), Directory.Exists(failedLast), Directory.Exists(outdated), Directory.Exists(nobodys)));
    }

    [Theory]
    [InlineData("staged.json", 2, true)]
    [InlineData("staged.json", -2, false)] // it began after the blob was there
    [InlineData("", 2, false)] // it died with its client
    [InlineData("staged.json ended", 2, false)]
    public void Gc_WhileAnAttemptElsewhereMayBeTakenOver_SparesWhatBecameABlobSinceItBegan(string marks, int beganDaysAgo, bool isSpared)
    {
        var today = (int)(Study.Now - DateTimeOffset.UtcNow).TotalDays;
        var taken = _study.Workspace.Open(_study.Options).Using(store =>
        {
            var attempt = _study.Attempt(store, 1, 1, "elsewhere", today + beganDaysAgo);
            foreach (var mark in marks.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                File.WriteAllText(Path.Combine(attempt, mark), "{}");
            }

            return _study.Put(store, "an output");
        });
        _study.Collect(new GcRequest { MaxBytes = 0 });
        Assert.Equal(isSpared, _study.Has(taken));
    }

    /// <summary>An attempt whose task is in no workflow any more is neither awaited nor given up.</summary>
    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public void Blob_OfAnAttemptElsewhereThatStandsForEver_IsSparedForAMonth(int daysOld, bool isSpared)
    {
        _study.Workspace.Open(_study.Options).Using(store =>
        {
            var attempt = _study.Attempt(store, 1, 1, "elsewhere", (int)(Study.Now - DateTimeOffset.UtcNow).TotalDays + 2);
            File.WriteAllText(Path.Combine(attempt, "staged.json"), "{}");
            return _study.Put(store, "an output");
        });
        var layout = StoreLayout.Of(_study.Workspace.Root, ".scalems");
        var taken = TakenBlobs.Of(layout, JournalLoader.Load(layout, _study.Options.BootId).State, DateTimeOffset.UtcNow + TimeSpan.FromDays(daysOld));
        Assert.Equal(isSpared, taken.MayHold(Assert.Single(BlobFolder.Blobs(layout))));
    }

    [Fact]
    public void Gc_RunLogs_KeepsTheNewest()
    {
        Fill();
        for (var i = 1; i <= 3; i++)
        {
            Directory.CreateDirectory(Path.Combine(_study.Workspace.Store, "runs", $"2026030{i}-120000-000"));
        }

        Assert.DoesNotContain(_study.Collect().Items, item => item.Kind == GcKind.RunLog);
        Assert.Equal("runs/20260301-120000-000", Assert.Single(_study.Collect(new GcRequest { KeepRuns = 2 }).Items, item => item.Kind == GcKind.RunLog).Path);
    }

    [Fact]
    public void Gc_WhatWasMovedAside_GoesOnlyWhenAskedFor()
    {
        Fill();
        foreach (var folder in (string[])["kept/run-1", "damaged"])
        {
            Directory.CreateDirectory(Path.Combine(_study.Workspace.Store, folder));
            File.WriteAllText(Path.Combine(_study.Workspace.Store, folder, "file"), "somebody's work");
        }

        Assert.DoesNotContain(_study.Collect().Items, item => item.Kind == GcKind.MovedAside);
        Assert.Equal(2, GarbageCollector.Collect(_study.Workspace.Root, new GcRequest { All = true }, Workspace.Options()).Items.Count(item => item.Kind == GcKind.MovedAside));
    }

    [Fact]
    public void Gc_Records_DropsOldResultsThatNoStepStandsAt()
    {
        var (current, older, _) = Fill();
        var report = _study.Collect(new GcRequest { Records = true, OlderThan = TimeSpan.FromDays(30) });
        Assert.Equal(1, report.DroppedRecords);
        Assert.False(_study.Has(older));
        Assert.Empty(_study.Verify().Findings);
        using var store = _study.Workspace.Open(_study.Options);
        Assert.Equal([Sample.Key(2)], store.State.Results.Keys);
        Assert.True(store.HasBlob(current));
        Assert.Equal(0, store.BlobsVerified);
    }

    [Fact]
    public void Gc_OfBytesAndRecords_LeavesWhatStepsKeep()
    {
        Fill();
        _study.Workspace.Open(_study.Options).Using(store => store.Commit(store.State.Results[Sample.Key(2)] with { KeptState = """{"n":3}""" }));
        Assert.Equal(1, _study.Collect(new GcRequest { Records = true, OlderThan = TimeSpan.FromDays(30), MaxBytes = 0 }).DroppedRecords);
        File.Delete(_study.Workspace.Index);
        using var store = _study.Workspace.Open(_study.Options);
        Assert.Equal("""{"n":3}""", store.State.Results[Sample.Key(2)].KeptState);
    }

    [Fact]
    public void Gc_BlobThatIsNeeded_IsPutAgain()
    {
        var (current, _, _) = Fill();
        _study.Collect(new GcRequest { MaxBytes = 0 });
        using var store = _study.Workspace.Open(_study.Options);
        Assert.False(store.HasBlob(current));
        Assert.Equal(current, _study.Put(store, "current"));
        Assert.True(store.HasBlob(current));
    }

    private (Core.Digests.Digest Current, Core.Digests.Digest Older, Core.Digests.Digest Unnamed) Fill() => _study.Workspace.Open(_study.Options).Using(store => (
        Older: _study.Record(store, 1, 1, "older", seconds: 7, daysAgo: 40),
        Current: _study.Record(store, 2, 1, "current", seconds: 3),
        Unnamed: _study.Put(store, "nobody's"))) switch { var made => (made.Current, made.Older, made.Unnamed) };

    private List<string> Files() => [.. Directory.EnumerateFiles(_study.Workspace.Store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
