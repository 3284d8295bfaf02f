using ScaleMs.Core.Ports;
using ScaleMs.Engine.Tests.Faults;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Engine.Tests;

/// <summary>A directory that a former attempt had is like a new one.</summary>
public sealed class RecyclingTests : IDisposable
{
    private const string Listing = "{ find . | sort; stat -c '%n %a %u:%g %h' . out in in/x; cat in/x; } > out/listing";

    private readonly TestStudy _study = new();
    private readonly List<string> _points = [];

    public void Dispose() => _study.Dispose();

    [Theory]
    [InlineData("true", true)]
    [InlineData("echo told; echo again >&2", true)]
    [InlineData("mkdir -p a/b/c out/d; touch a/b/c/f out/d/f .hidden out/log log", true)]
    [InlineData("mkfifo fifo out/fifo", true)]
    [InlineData("mkdir shut; touch shut/f; chmod 555 shut; mkdir none; touch none/f; chmod 0 none", true)]
    [InlineData("ln -s /etc etc; ln -s in/x alias; ln in/x in/y", true)]
    [InlineData("rm -r in out/f; ln -s ../.. in; mkdir out/f2", true)]
    [InlineData("chmod 0 in/x; chmod 700 .; chmod 1777 out", true)]
    [InlineData("chmod 700 ..", false)]
    [InlineData("touch ../beside; rm ../log; ln -s in ../log", true)]
    [InlineData("touch \"$(printf 'a\\377b')\"", false)]
    public void Leftovers_OfAFormerAttempt_AreNotSeenByTheNext(string leave, bool isRecycled)
    {
        var recycled = Listed(_study, new TidyLauncher(), $"{leave}; mkdir -p out; echo > out/f");
        using var other = new TestStudy();
        Assert.Equal(Listed(other, new Unsure(), "echo > out/f"), recycled);
        Assert.Equal(isRecycled ? 1 : 0, _points.Count(point => point == CrashPoint.Recycled));
    }

    [Fact]
    public void Input_LinkedElsewhereByATool_IsNotWrittenOver()
    {
        Listed(_study, new TidyLauncher(), "ln in/x ../../../../elsewhere; echo > out/f");
        Assert.Equal("x\n", _study.Read("elsewhere"));
        Assert.Contains(CrashPoint.Recycled, _points);
    }

    [Fact]
    public void Attempt_ThatFailed_KeepsItsDirectory()
    {
        _study.Ports = ports => ports with { Launcher = new TidyLauncher() };
        _study.Run(
            steps =>
            {
                var first = steps.Shell("first", "echo > f").Output("f");
                var second = steps.Shell("second", "echo partly > g; exit 1").Input("f", first.File("f")).Output("g");
                steps.Shell("third", "cp f h").Input("f", first.File("f")).Output("h");
            },
            request => request with { KeepGoing = true, Capacity = new Core.Model.Resources(1) });
        var directory = Path.GetDirectoryName(_study.StepOf("t/second").Failure!.LogPath!)!;
        Assert.Equal("partly\n", _study.Read(Path.Combine(directory, "files", "g")));
    }

    [Fact]
    public void Log_OfAnAttempt_HoldsNothingOfTheFormerOne()
    {
        _study.Ports = ports => ports with { Launcher = new TidyLauncher(), AtPoint = _points.Add };
        _study.Run(steps =>
        {
            var first = steps.Shell("first", "echo first; echo > f").Output("f");
            steps.Shell("second", "echo second; exit 1").Input("f", first.File("f")).Output("g");
        });
        Assert.Equal(["second"], _study.StepOf("t/second").Failure!.LogTail);
        Assert.Contains(CrashPoint.Recycled, _points);
    }

    [Fact]
    public void Attempt_KilledOnceItsDirectoryIsRecycled_HasNoCheckpointOfTheFormerOne()
    {
        static void Define(StepBuilder steps)
        {
            var first = steps.Shell("first", "echo 9 > state; echo > f").Output("f");
            steps.Shell("second", "cat state > g || echo none > g; echo 1 > state").Input("f", first.File("f")).Checkpoint("state").Output("g", publish: "g");
        }

        _study.Ports = ports => ports with
        {
            Launcher = new TidyLauncher(),
            AtPoint = point => _ = point == CrashPoint.Recycled ? throw new InvalidOperationException("killed") : 0,
        };
        Assert.Throws<InvalidOperationException>(() => _study.Run(Define));
        _study.Ports = ports => ports;
        _study.Run(Define);
        Assert.False(_study.StepOf("t/second").IsContinued);
        Assert.Equal("none\n", _study.Read("g"));
    }

    [Fact]
    public void Run_ThatRecycled_LeavesNoDirectoryBehind()
    {
        Listed(_study, new TidyLauncher(), "echo > out/f");
        Assert.Empty(Directory.GetFileSystemEntries(_study.PathOf(".scalems/work")));
    }

    /// <summary>Runs a step that leaves things, and then one that tells what it finds; both have an input and an output of the same folders.</summary>
    private string Listed(TestStudy study, ILauncher launcher, string first)
    {
        study.Write("one", "x\n");
        study.Write("two", "the other\n");
        study.Ports = ports => ports with { Launcher = launcher, AtPoint = _points.Add };
        var report = study.Run(steps =>
        {
            var made = steps.Shell("first", first).Input("in/x", new SourceFile("one")).Output("out/f");
            steps.Shell("second", Listing).Input("in/f", made.File("out/f")).Input("in/x", new SourceFile("two")).Output("out/listing", publish: "listing");
        });
        Assert.True(report.ExitCode == 0, string.Join("; ", report.Summary.Steps.Select(step => step.Failure?.ToString())));
        return study.Read("listing");
    }

    /// <summary>Never sure that nobody is left.</summary>
    private sealed class Unsure : ILauncher
    {
        private readonly LocalLauncher _launcher = new();

        public string Name => _launcher.Name;

        public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation) =>
            await _launcher.RunAsync(request, onLine, cancellation) with { LeftNobody = false };

        public int Reap(string workDirectory) => _launcher.Reap(workDirectory);
    }
}
