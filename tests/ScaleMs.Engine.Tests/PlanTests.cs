using System.Diagnostics;
using ScaleMs.Core.Planning.Estimates;
using ScaleMs.Store;
using Xunit;

namespace ScaleMs.Engine.Tests;

/// <summary>Plans on real files: they read the store, and execute, lock and change nothing.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly TestStudy _study = new();

    public PlanTests()
    {
        _study.Ports = ports => ports with { OpenStoreToRead = _ => ReadingStore.Open(_study.Root) };
        _study.Write("in.txt", "one\n");
    }

    public void Dispose()
    {
        Command("umount", "-l", _study.PathOf(".scalems"));
        _study.Dispose();
    }

    [Fact]
    public void Plan_BesideAWriter_TellsWhatIsStale()
    {
        _study.Run(Chain);
        _study.Write("in.txt", "two\n");
        using var writer = FileStore.Open(_study.Root);

        Assert.Equal("t/first Certain input in.txt changed, t/second Possible t/first runs first", Told());
    }

    [Fact]
    public void Plan_OnAReadOnlyFileSystem_TellsWhatIsStale()
    {
        _study.Run(Chain);
        _study.Write("in.txt", "two\n");
        Assert.SkipUnless(OperatingSystem.IsLinux() && Command("mount", "--bind", _study.PathOf(".scalems"), _study.PathOf(".scalems")), "needs root to mount");
        Assert.SkipUnless(Command("mount", "-o", "remount,ro,bind", _study.PathOf(".scalems")), "needs the right to remount");

        Assert.Equal("t/first Certain input in.txt changed, t/second Possible t/first runs first", Told());
    }

    [Fact]
    public void Plan_InAFreshWorkspace_MakesNoStore()
    {
        Assert.Equal("t/first Certain never ran, t/second Certain never ran", Told());
        Assert.False(Directory.Exists(_study.PathOf(".scalems")));
    }

    [Fact]
    public void Plan_OfAFileThatItHashed_KeepsTheDigestForTheRun()
    {
        _study.Run(Chain);
        _study.Write("in.txt", "two\n");
        File.SetLastWriteTimeUtc(_study.PathOf("in.txt"), DateTime.UtcNow.AddHours(-1));
        Told();

        using var reader = ReadingStore.Open(_study.Root);
        // Where stamps are coarse a file that was just written is read again.
        Assert.True(reader.State.Files["in.txt"].Bytes == Core.Digests.Digest.OfText("two\n") || !new Store.Disk.PhysicalDisk().HasFineStamps(reader.Directory));
    }

    [Fact]
    public void Plan_OfWhatRanBefore_PredictsItsTime()
    {
        _study.Run(Chain);
        _study.Write("in.txt", "two\n");
        var report = _study.Run(Chain, request => request with { PlanOnly = true });

        Assert.All(report.Plan, step => Assert.Equal(PredictionOrigin.Itself, step.Predicted!.Origin));
        Assert.Equal(report.Plan.Sum(step => step.Predicted!.Seconds), report.Estimate!.PathSeconds);
        Assert.Equal((0, 2, report.Estimate.PathSeconds), (report.Estimate.Unknown, report.Estimate.Jobs, report.Estimate.ElapsedSeconds));
    }

    [Fact]
    public void Plan_Repeated_IsTheSameDocument()
    {
        _study.Run(Chain);
        _study.Write("in.txt", "two\n");

        Assert.Equal(Document(), Document());
        Assert.Contains("in.txt", Document(), StringComparison.Ordinal);
    }

    private static void Chain(StepBuilder steps)
    {
        var first = steps.Shell("first", "tr a-z A-Z < in.txt > first.txt").Input("in.txt", new SourceFile("in.txt")).Output("first.txt");
        steps.Shell("second", "cat first.txt > second.txt").Input("first.txt", first.File("first.txt")).Output("second.txt", publish: "results/second.txt");
    }

    private string Told() => string.Join(", ", _study.Run(Chain, request => request with { PlanOnly = true }).Plan.Select(step => $"{step.Step.Id} {step.Kind} {step.Reason.Text}"));

    private string Document()
    {
        var document = _study.Run(Chain, request => request with { PlanOnly = true, WantsDocument = true }).Document!;
        return string.Join('\n', document.Steps) + string.Join('\n', document.Sources) + string.Join('\n', document.Tools.SelectMany(tool => tool.Fingerprint));
    }

    private static bool Command(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
