using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Local;
using ScaleMs.Store;
using ScaleMs.Store.Disk;
using Xunit;

namespace ScaleMs.Engine.Tests;

internal sealed class Hook(Action<LaunchRequest> before) : ILauncher
{
    private readonly LocalLauncher _inner = new();
    public string Name => "local";
    public Task<LaunchResult> RunAsync(LaunchRequest r, Action<string>? onLine, CancellationToken c) { if (r.Step.Task != "probe") before(r); return _inner.RunAsync(r, onLine, c); }
    public int Reap(string d) => _inner.Reap(d);
}

internal sealed class BadStore(IFileStore inner) : IFileStore
{
    public string Directory => inner.Directory;
    public StoreState State => inner.State;
    public void Commit(params ReadOnlySpan<StoreRecord> records) { foreach (var r in records) if (r is IntentRecord) throw new StoreException("No space left on device"); inner.Commit(records); }
    public void Sync() => inner.Sync();
    public bool HasBlob(Digest d) => inner.HasBlob(d);
    public string BlobPath(Digest d) => inner.BlobPath(d);
    public StoredBlob Put(string f, ContentIdentity? i = null) => inner.Put(f, i);
    public void Dispose() => inner.Dispose();
}

public sealed class ChangesDuringARunTests : IDisposable
{
    private readonly TestStudy _study = new();
    public ChangesDuringARunTests() => _study.Write("in.txt", "one\n");
    public void Dispose() { try { _study.Dispose(); } catch { } }

    private static void Pair(StepBuilder steps)
    {
        var a = steps.Shell("a", "echo a > a.txt").Output("a.txt");
        steps.Shell("b", "cat in.txt > b.txt").Input("a.txt", a.File("a.txt")).Input("in.txt", new SourceFile("in.txt")).Output("b.txt", publish: "results/b.txt");
    }

    [Fact]
    public void Source_EditedBeforeItsStepStarts_IsNotRecordedUnderTheOldKey()
    {
        _study.Run(Pair, launcher: new Hook(r => { if (r.Step.Step == "a") _study.Write("in.txt", "edited\n"); }));
        _study.Write("in.txt", "one\n");
        _study.Run(Pair);
        Assert.Equal("one\n", _study.Read("results/b.txt"));
    }

    [Fact]
    public void Publish_UsersFileAppearsDuringTheRun_IsNotOverwritten()
    {
        _study.Run(Pair, launcher: new Hook(r => { if (r.Step.Step == "b") _study.Write("results/b.txt", "mine\n"); }));
        Assert.Equal("mine\n", _study.Read("results/b.txt"));
    }

    [Fact]
    public void Publish_OutputEditedDuringTheRun_IsKept()
    {
        _study.Run(Pair);
        _study.Write("in.txt", "two\n");
        _study.Run(Pair, launcher: new Hook(r => { if (r.Step.Step == "b") _study.Write("results/b.txt", "mine\n"); }));
        Assert.True(Directory.Exists(_study.PathOf(".scalems/kept")));
    }

    [Fact]
    public async Task Run_LauncherThrows_Ends()
    {
        var run = Task.Run(() => _study.Run(Pair, launcher: new Hook(_ => throw new InvalidOperationException("boom"))));
        await Record.ExceptionAsync(() => run.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.True(run.IsCompleted);
    }

    private sealed class Reader : IProgressReader { public Progress? Read(string line, TimeSpan e) => throw new FormatException("recipe"); }

    [Fact]
    public async Task Run_ProgressReaderThrows_GoesOn()
    {
        var run = Task.Run(() => _study.Run(s => s.Shell("a", "echo x >&2; echo x; echo a > a.txt").ReportsProgress(() => new Reader()).Output("a.txt")));
        await Record.ExceptionAsync(() => run.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.True(run.IsCompleted);
    }

    [Fact]
    public async Task Run_JournalRefuses_Ends()
    {
        using var collector = new StepCollector(_study.Root);
        Pair(new StepBuilder(collector, "t"));
        var request = new RunRequest { Target = "t", Workspace = _study.Root, Definition = new WorkflowDefinition([new("t", [], false)], collector.Build(), collector.Faults), Capacity = new Resources(2) };
        var runner = new WorkflowRunner(new EnginePorts { OpenStore = () => new BadStore(FileStore.Open(_study.Root)), Disk = new PhysicalDisk(), Launcher = new LocalLauncher(), Functions = new InProcessFunctions(), Observers = [] });
        var run = Task.Run(() => runner.RunAsync(request, default));
        await Record.ExceptionAsync(() => run.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.True(run.IsCompleted);
        await Assert.ThrowsAsync<StoreException>(() => run);
    }

    [Fact]
    public void EqualWork_AfterAFailure_GetsADirectoryOfItsOwn()
    {
        _study.Run(steps => steps.ForEach("n", [1, 2], n => n, (each, n) =>
            each.Shell("m", "if [ -e dirty ]; then echo dirt > out.txt; else touch dirty; exit 1; fi").Output("out.txt", publish: $"r/{n}.txt")), r => r with { KeepGoing = true });
        Assert.Equal("", _study.Ran);
    }

    private void Sim(string version)
    {
        _study.Write("bin/sim", $"#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'Version: {version}'; else echo {version} > out.txt; fi\n");
        File.SetUnixFileMode(_study.PathOf("bin/sim"), (UnixFileMode)0b111_101_101);
    }

    private void RunPlain(Action build)
    {
        using var collector = new StepCollector(_study.Root);
        new StepBuilder(collector, "use").Step("use").Tool(ToolSpec.Versioned("sim", [_study.PathOf("bin/sim")], ["--version"], ["Version:"])).Run("sim").Output("out.txt", publish: "out.txt");
        _study.Run(new WorkflowDefinition([new("build", [], true), new("use", ["build"], false)], collector.Build(), collector.Faults),
            r => r with { RunPlainTask = _ => { build(); return Task.FromResult(true); } });
    }

    [Fact]
    public void Tool_RebuiltByAPlainTask_MakesTheStepStale()
    {
        Sim("1");
        RunPlain(() => { });
        RunPlain(() => Sim("2"));
        Assert.Equal("use", _study.Ran);
    }

    [Fact]
    public void Tool_MadeByAPlainTask_IsFound()
    {
        RunPlain(() => Sim("1"));
        Assert.Equal("use", _study.Ran);
    }

    [Fact]
    public void Consumer_OfBytesMadeAgain_IsJudgedAnew()
    {
        void Define(StepBuilder steps, string tail)
        {
            var a = steps.Shell("a", "od -An -N8 -tx8 /dev/urandom > r.txt").Output("r.txt", new OutputIdentity.OfAction());
            steps.Shell("left", "cat r.txt > l.txt").Input("r.txt", a.File("r.txt"), asBytes: true).Output("l.txt", publish: "l.txt");
            steps.Shell("right", $"cat r.txt > r2.txt; echo {tail} >> r2.txt").Input("r.txt", a.File("r.txt")).Output("r2.txt", publish: "r2.txt");
        }
        _study.Run(s => Define(s, "x"));
        _study.Delete(".scalems/blobs");
        _study.Run(s => Define(s, "y"));
        Assert.StartsWith(_study.Read("l.txt"), _study.Read("r2.txt"));
    }

    [Fact]
    public void Exclusive_UpstreamThatIsNotRead_MayBeStale()
    {
        _study.Run([("u", s => s.Shell("u", "echo u > u.txt").Output("u.txt")), ("t", s => s.Shell("t", "echo t > t.txt").Output("t.txt"))],
            r => r with { OnlyTasks = new HashSet<string> { "t" } });
        Assert.Equal("t", _study.Ran);
    }

    private RunReport Skipped(List<string> called, bool plan)
    {
        using var collector = new StepCollector(_study.Root);
        var p = new StepBuilder(collector, "p").Shell("p", "echo p > p.txt").Output("p.txt");
        new StepBuilder(collector, "q").Shell("q", "cat p.txt > q.txt").Input("p.txt", p.File("p.txt")).Output("q.txt");
        return _study.Run(new WorkflowDefinition([new("p", [], false, true), new("q", ["p"], false), new("deploy", ["q"], true)], collector.Build(), collector.Faults),
            r => r with { PlanOnly = plan, RunPlainTask = n => { called.Add(n.Name); return Task.FromResult(true); } });
    }

    [Fact]
    public void PlainTask_BelowASkippedStep_Runs()
    {
        var called = new List<string>();
        var report = Skipped(called, false);
        Assert.True(called.Contains("deploy") || report.ExitCode != 0, $"deploy not run, exit {report.ExitCode}, events: {string.Join(" | ", _study.Events.Select(e => e.GetType().Name))}");
    }

    [Fact]
    public void Plan_ConsumerOfASkippedStep_IsNoWork()
    {
        var report = Skipped([], true);
        Assert.True(report.Plan.All(s => s.Kind is PlanKind.UpToDate), string.Join(" ", report.Plan.Select(s => $"{s.Step.Id}:{s.Kind}:{s.Reason.Text}")));
    }

    [Fact]
    public void Source_ThatCannotBeRead_IsNoBugOfOurs()
    {
        _study.Delete("in.txt");
        File.CreateSymbolicLink(_study.PathOf("in.txt"), "/proc/self/mem");
        var e = Record.Exception(() => _study.Run(Pair));
        Assert.True(e is null or StoreException or Core.Faults.FaultException, e?.ToString());
    }

    [Fact]
    public void Leftover_ThatIsASourceNow_StaysWhereItIs()
    {
        _study.Run(s => s.Shell("a", "echo a > a.txt").Output("a.txt", publish: "data/a.txt"));
        _study.Run(s => s.Shell("b", "cat a.txt > b.txt").Input("a.txt", new SourceFile("data/a.txt")).Output("b.txt"));
        Assert.Equal(0, _study.Last!.ExitCode);
        Assert.True(_study.Exists("data/a.txt"));
    }

    [Fact]
    public void Step_WhoseProducerIsMadeAgain_IsNotRecordedUnderTheOldKey()
    {
        void Define(StepBuilder steps, string tail)
        {
            var a = steps.Shell("a", "od -An -N8 -tx8 /dev/urandom > o1; cp o1 o2").Output("o1", publish: "o1").Output("o2");
            steps.Shell("d", $": {tail}; cat o1 > d.txt").Input("o1", a.File("o1")).Output("d.txt", publish: "d.txt");
            steps.Shell("e", $": {tail}; cat o2 > e.txt").Input("o2", a.File("o2")).Output("e.txt", publish: "e.txt");
        }
        _study.Run(s => Define(s, "x"));
        _study.Delete(".scalems/blobs");
        _study.Run(s => Define(s, "y"), r => r with { Capacity = new Resources(1) });
        using var store = FileStore.Open(_study.Root);
        var bad = store.State.Results.Values.Where(r => r.Step.Step == "d" && !r.Components.Any(c => c.ToString().Contains(r.Outputs[0].Identity.ToString()) || c.ToString().Contains(r.Outputs[0].Identity.Hex))).ToList();
        Assert.True(bad.Count == 0, string.Join("; ", bad.SelectMany(r => r.Components).Select(c => c.ToString())));
    }

    [Fact]
    public void PublishedFile_EditedDuringTheRun_IsNotServed()
    {
        void Define(StepBuilder steps, string tail)
        {
            var a = steps.Shell("a", "echo a > a.txt").Output("a.txt", publish: "a.txt");
            var w = steps.Shell("w", $"echo {tail} > w.txt").Output("w.txt");
            steps.Shell("c", "cat a.txt w.txt > c.txt").Input("a.txt", a.File("a.txt")).Input("w.txt", w.File("w.txt")).Output("c.txt", publish: "c.txt");
        }
        _study.Run(s => Define(s, "x"));
        _study.Delete(".scalems/blobs");
        _study.Run(s => Define(s, "y"), launcher: new Hook(r => { if (r.Step.Step == "w") _study.Write("a.txt", "EDIT\n"); }));
        Assert.True(!_study.Exists("c.txt") || !_study.Read("c.txt").Contains("EDIT"), _study.Read("c.txt"));
    }

    [Fact]
    public void Tool_ReplacedDuringTheRun_IsNotRecordedUnderTheOldVersion()
    {
        void Define(StepBuilder steps)
        {
            var a = steps.Shell("a", "echo a > a.txt").Output("a.txt");
            steps.Step("sim").Tool(ToolSpec.Versioned("sim", [_study.PathOf("bin/sim")], ["--version"], ["Version:"])).Input("a.txt", a.File("a.txt")).Run("sim").Output("out.txt", publish: "out.txt");
        }
        Sim("1");
        _study.Run(Define, launcher: new Hook(r => { if (r.Step.Step == "a") Sim("2"); }));
        Sim("1");
        _study.Run(Define);
        Assert.Equal("1\n", _study.Read("out.txt"));
    }

    [Fact]
    public void Publish_DanglingLinkOfTheUsers_IsNotReplaced()
    {
        Directory.CreateDirectory(_study.PathOf("results"));
        File.CreateSymbolicLink(_study.PathOf("results/b.txt"), "/nowhere/else");
        Record.Exception(() => _study.Run(Pair));
        Assert.NotNull(new FileInfo(_study.PathOf("results/b.txt")).LinkTarget);
    }

    [Fact]
    public async Task Run_PlainTaskThrowsBesideAStep_EndsWithItsMessage()
    {
        using var collector = new StepCollector(_study.Root);
        new StepBuilder(collector, "s").Shell("s", "sleep 5; echo > s.txt").Output("s.txt");
        var e = Record.Exception(() => _study.Run(new WorkflowDefinition([new("s", [], false), new("p", [], true)], collector.Build(), collector.Faults),
            r => r with { RunPlainTask = async _ => { await Task.Yield(); throw new ArgumentException("criteria"); } }));
        Assert.Contains("criteria", e!.Message);
    }
}
