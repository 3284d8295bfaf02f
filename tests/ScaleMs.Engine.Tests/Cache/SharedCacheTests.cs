using ScaleMs.Core.Digests;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tests.Keeping;
using Xunit;

namespace ScaleMs.Engine.Tests.Cache;

/// <summary>Workspaces at different paths that share a cache.</summary>
public sealed class SharedCacheTests : IDisposable
{
    private readonly string _cache = Path.Combine(Directory.CreateTempSubdirectory("scalems-cache-").FullName, "of the group");
    private readonly List<TestStudy> _studies = [];

    public void Dispose()
    {
        _studies.ForEach(study => study.Dispose());
        Directory.Delete(Path.GetDirectoryName(_cache)!, recursive: true);
    }

    /// <summary>An output that is only read, and one that is published.</summary>
    private static void Chain(StepBuilder steps)
    {
        var upper = steps.Shell("upper", "tr a-z A-Z < in.txt > upper.txt").Input("in.txt", new SourceFile("in.txt")).Output("upper.txt");
        steps.Shell("final", "cat upper.txt more.txt > final.txt")
            .Input("upper.txt", upper.File("upper.txt")).Input("more.txt", new SourceFile("more.txt"))
            .Output("final.txt", publish: "results/final.txt");
    }

    [Fact]
    public void Run_InASecondWorkspace_ExecutesNothingAndGetsTheSameBytes()
    {
        Study().Run(Chain);
        var second = Study();
        var report = second.Run(Chain);

        Assert.Equal(0, report.ExitCode);
        Assert.Equal("t/final t/upper", second.Of(Outcome.Restored));
        Assert.Equal("ONE\nmore\n", second.Read("results/final.txt"));
        Assert.Equal($"recorded in the shared cache {_cache}", second.ReasonOf("t/final"));
        Assert.Empty(second.CacheNotices);
        second.Run(Chain);
        Assert.Equal("t/final t/upper", second.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Run_OfTheLastStepOnly_TakesTheBytesItNeeds()
    {
        Study().Run(Chain);
        var second = Study();
        second.Write("more.txt", "other\n");
        second.Run(Chain);

        Assert.Equal("t/final", second.Ran);
        Assert.Equal("ONE\nother\n", second.Read("results/final.txt"));
    }

    [Fact]
    public void Run_WhileBytesAreFetchedForAStep_TheOthersGoOn()
    {
        Study().Run(Chain);
        var second = Study();
        second.Write("more.txt", "other\n");
        using var hasFinished = new ManualResetEventSlim();
        var isFirst = true;
        second.Ports = ports => ports with
        {
            OpenStore = () => new WatchedStore(ports.OpenStore()) { Bringing = _ => isFirst = hasFinished.Wait(TimeSpan.FromSeconds(20)) && isFirst },
            Observers = [.. ports.Observers, new Finished("t/free", hasFinished.Set)],
        };
        second.Run(steps =>
        {
            Chain(steps);
            steps.Shell("free", "cat more.txt > free.txt").Input("more.txt", new SourceFile("more.txt")).Output("free.txt");
        });
        Assert.True(isFirst);
        Assert.Equal("t/final t/free", second.Ran);
        Assert.Equal("ONE\nother\n", second.Read("results/final.txt"));
    }

    [Fact]
    public void Run_BytesVanishFromTheCacheBeforeTheyAreFetched_AreMadeAgain()
    {
        Study().Run(Chain);
        var second = Study();
        second.Write("more.txt", "other\n");
        second.Ports = ports => ports with { OpenStore = () => new WatchedStore(ports.OpenStore()) { Bringing = _ => File.Delete(Blob("ONE\n")) } };
        second.Run(Chain);
        Assert.Equal((0, "t/final t/upper"), (second.Last!.ExitCode, second.Ran));
        Assert.Equal("ONE\nother\n", second.Read("results/final.txt"));
    }

    [Fact]
    public void Plan_InASecondWorkspace_TellsTheCacheAndBringsNoBytes()
    {
        Study().Run(Chain);
        var second = Study();
        var report = second.Run(Chain, request => request with { PlanOnly = true });

        Assert.All(report.Plan, step => Assert.Equal((PlanKind.Restore, $"recorded in the shared cache {_cache}"), (step.Kind, step.Reason.Text)));
        Assert.False(Directory.Exists(second.PathOf(".scalems")));
        second.Run(Chain);
        Assert.Equal($"recorded in the shared cache {_cache}", second.ReasonOf("t/final"));
    }

    [Fact]
    public void Run_WithoutTheCacheLater_StandsOnItsOwnRecords()
    {
        Study().Run(Chain);
        var second = Study();
        second.Run(Chain);
        Directory.Delete(_cache, recursive: true);
        second.Run(Chain);
        Assert.Equal("t/final t/upper", second.Of(Outcome.UpToDate));
    }

    [Theory]
    [InlineData("ONE\n", "t/final")]
    [InlineData("ONE\nmore\n", "")]
    public void Run_CachedFileEdited_IsRepairedByRunning(string edited, string alsoRan)
    {
        Study().Run(Chain);
        Damage(edited);
        var second = Study();
        second.Write("more.txt", alsoRan.Length > 0 ? "other\n" : "more\n");
        var report = second.Run(Chain);

        Assert.Equal(0, report.ExitCode);
        Assert.Equal(alsoRan.Length > 0 ? "ONE\nother\n" : "ONE\nmore\n", second.Read("results/final.txt"));
        Assert.Equal(alsoRan.Length > 0 ? "t/final t/upper" : "t/final", second.Ran);
        Assert.Single(second.CacheNotices);
        var third = Study();
        third.Run(Chain);
        Assert.Equal(string.Empty, third.Ran);
        Assert.Equal("ONE\nmore\n", third.Read("results/final.txt"));
    }

    [Fact]
    public void Run_CachedFileGone_IsMadeAgain()
    {
        Study().Run(Chain);
        File.Delete(Blob("ONE\nmore\n"));
        var second = Study();
        second.Run(Chain);

        Assert.Equal("t/final", second.Ran);
        Assert.Equal("ONE\nmore\n", second.Read("results/final.txt"));
        Assert.Empty(second.CacheNotices);
    }

    [Fact]
    public void Run_AllRecordsDamaged_ExecutesAsWithoutACache()
    {
        Study().Run(Chain);
        foreach (var record in Directory.GetFiles(Path.Combine(_cache, "records"), "*", SearchOption.AllDirectories))
        {
            File.Delete(record);
            File.WriteAllText(record, "torn");
        }

        var second = Study();
        second.Run(Chain);
        Assert.Equal("t/final t/upper", second.Ran);
        var third = Study();
        third.Run(Chain);
        Assert.Equal("t/final t/upper", third.Of(Outcome.Restored));
    }

    [Fact]
    public void Run_CacheCannotBeUsed_GoesOnWithOneNotice()
    {
        File.WriteAllText(_cache, "a file");
        var study = Study();
        var report = study.Run(Chain);

        Assert.Equal(0, report.ExitCode);
        Assert.Equal("ONE\nmore\n", study.Read("results/final.txt"));
        Assert.Single(study.CacheNotices);
    }

    [Fact]
    public void Run_OwnBytesLost_TakesThemFromTheCache()
    {
        var study = Study();
        study.Run(Chain);
        study.Delete(".scalems/blobs/sha256");
        study.Delete("results");
        study.Run(Chain);

        Assert.Equal(string.Empty, study.Ran);
        Assert.Equal("ONE\nmore\n", study.Read("results/final.txt"));
    }

    [Fact]
    public async Task Run_InTwoWorkspacesAtOnce_BothEndWellAndAThirdExecutesNothing()
    {
        var (a, b) = (Study(), Study());
        await Task.WhenAll(Task.Run(() => a.Run(Chain)), Task.Run(() => b.Run(Chain)));

        Assert.All([a, b], study => Assert.Equal((0, "ONE\nmore\n"), (study.Last!.ExitCode, study.Read("results/final.txt"))));
        var third = Study();
        third.Run(Chain);
        Assert.Equal("t/final t/upper", third.Of(Outcome.Restored));
    }

    private sealed class Finished(string id, Action tell) : IRunObserver
    {
        public void On(RunEvent runEvent)
        {
            if (runEvent is RunEvent.StepFinished finished && finished.Result.Id.ToString() == id)
            {
                tell();
            }
        }
    }

    private TestStudy Study()
    {
        var study = new TestStudy { Cache = _cache };
        _studies.Add(study);
        study.Write("in.txt", "one\n");
        study.Write("more.txt", "more\n");
        return study;
    }

    private string Blob(string text)
    {
        var hex = Digest.OfText(text).Hex;
        return Path.Combine(_cache, "blobs", "sha256", hex[..2], hex[2..]);
    }

    /// <summary>As root would, with length and time stamp as before.</summary>
    private void Damage(string text)
    {
        var stamp = File.GetLastWriteTimeUtc(Blob(text));
        File.SetUnixFileMode(Blob(text), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Blob(text), text.ToLowerInvariant());
        File.SetLastWriteTimeUtc(Blob(text), stamp);
    }
}
