using System.Text.Json;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Calls;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Functions that are called in processes which make other calls too.</summary>
public sealed class PersistentWorkerTests : IAsyncDisposable
{
    private readonly CallingStudy _calling = new();
    private readonly CallLauncher _launcher = new(new LocalLauncher());

    public PersistentWorkerTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere each call has a process of its own");
        var before = Study.Ports;
        Study.Ports = ports => before(ports) with { Launcher = _launcher };
    }

    private TestStudy Study => _calling.Study;

    public async ValueTask DisposeAsync()
    {
        await _launcher.DisposeAsync();
        _calling.Dispose();
    }

    [Fact]
    public async Task Calls_OneAfterTheOther_ShareAProcessThatEndsWithTheLauncher()
    {
        Run(steps => Counting(steps, 5), OneAtATime);
        var calls = Enumerable.Range(0, 5).Select(i => Result<SharedFunctions.Call>($"r{i}.json")).ToList();
        Assert.Equal([1, 2, 3, 4, 5], calls.Select(call => call.Calls).Order());
        var process = Assert.Single(calls.Select(call => call.Process).Distinct());
        Assert.NotEqual(Environment.ProcessId, process);
        Assert.True(IsAlive(process));
        await _launcher.DisposeAsync();
        Assert.False(IsAlive(process));
    }

    [Fact]
    public void Calls_AtTheSameTime_HaveAProcessEach()
    {
        var report = Study.Run(
            steps =>
            {
                for (var i = 0; i < 20; i++)
                {
                    steps.Step($"f{i}").InPersistentWorker().Call(SharedFunctions.CountSlowly, i).Publish($"r{i}.json");
                }
            },
            request => request with { Capacity = new Core.Model.Resources(4) });
        Assert.Equal(0, report.ExitCode);
        Assert.InRange(Enumerable.Range(0, 20).Select(i => Result<SharedFunctions.Call>($"r{i}.json").Process).Distinct().Count(), 1, 4);
    }

    [Fact]
    public void Key_OfAStep_IsThatOfOneWithAProcessOfItsOwn()
    {
        Run(steps => steps.Step("f").Call(SharedFunctions.Count, 1).Publish("r.json"));
        Run(steps => steps.Step("f").InPersistentWorker().Call(SharedFunctions.Count, 1).Publish("r.json"));
        Assert.Equal(string.Empty, Study.Ran);
    }

    [Fact]
    public void Process_AfterACallThatLeftItUntidy_IsAsBefore()
    {
        Run(
            steps =>
            {
                var first = steps.Step("a").InPersistentWorker().Call(SharedFunctions.Untidies, 0).Publish("a.json");
                steps.Step("b").InPersistentWorker().Call(SharedFunctions.LookAfter, first).Publish("b.json");
            },
            OneAtATime);
        var site = Result<SharedFunctions.Site>("b.json");
        Assert.Equal(Result<int>("a.json"), site.Process);
        Assert.EndsWith("/files", site.Directory, StringComparison.Ordinal);
        Assert.Equal(new SharedFunctions.Site(site.Process, site.Directory, null, "C", null, ".", null, 0), site);
    }

    [Fact]
    public void Log_OfEachCall_HoldsWhatThatCallPrintedByAnyWay()
    {
        var heard = Enumerable.Range(0, 3).Select(_ => new List<string>()).ToList();
        Run(
            steps =>
            {
                foreach (var number in Enumerable.Range(0, 3))
                {
                    steps.Step($"f{number}").InPersistentWorker().ReportsProgress(() => new Hearing(heard[number])).Call(SharedFunctions.Prints, number).Publish($"r{number}.json");
                }
            },
            OneAtATime);
        Assert.Single(Enumerable.Range(0, 3).Select(i => Result<int>($"r{i}.json")).Distinct());
        Assert.Equal(Enumerable.Range(0, 3).Select(i => $"kept {i}|out {i}|error {i}|child {i}|native {i}"), heard.Select(lines => string.Join('|', lines)));
    }

    [Theory]
    [InlineData(3, "'SharedFunctions.Exits' ended its process with exit code 3 instead of returning")]
    [InlineData(0, "'SharedFunctions.Exits' ended its process with exit code 0 instead of returning")]
    public void Call_ThatExits_FailsAloneAndOthersHaveAnotherProcess(int code, string message)
    {
        var report = Study.Run(
            steps =>
            {
                steps.Step("a").InPersistentWorker().Call(SharedFunctions.Exits, -1).Publish("a.json");
                steps.Step("b").InPersistentWorker().Call(SharedFunctions.Exits, code).Publish("b.json");
                steps.Step("c").InPersistentWorker().Call(SharedFunctions.Exits, -2).Publish("c.json");
            },
            request => OneAtATime(request) with { KeepGoing = true });
        var failed = report.Summary.Steps.Single(step => step.Outcome == Outcome.Failed);
        Assert.Equal(("t/b", FailureClass.ToolError, message, code), (failed.Id.ToString(), failed.Failure!.Class, failed.Failure.Message, failed.Failure.ExitCode));
        Assert.Equal("t/a t/c", Study.Ran);
    }

    [Fact]
    public void Call_ThatCrashes_IsToldAsOneInAProcessOfItsOwn()
    {
        Assert.Equal("the process of 'CalledFunctions.KillsItself' was ended by signal 9", FailureOf(step => step.Call(CalledFunctions.KillsItself).Output("x")).Message);
        Assert.Contains("the state is broken", Study.Read(FailureOf(step => step.Call(CalledFunctions.FailsFast).Output("x")).LogPath!), StringComparison.Ordinal);
        var thrown = FailureOf(step => step.Call(CalledFunctions.Throws, "UNK").Output("x"));
        Assert.Equal("CalledFunctions.Throws threw InvalidDataException: no such residue: UNK", thrown.Message);
        Assert.Contains("looked at all residues", thrown.LogTail!);
        Assert.DoesNotContain(thrown.LogTail!, line => line.Contains("CalledProcess", StringComparison.Ordinal) || line.Contains("CallServer", StringComparison.Ordinal));
    }

    [Fact]
    public void Call_OverItsTimeLimit_IsEndedWithWhatItStarted()
    {
        var failure = FailureOf(step => step.Resources(time: "00:00:05").Call(CalledFunctions.Waits, Study.PathOf("pids")).Output("x"));
        Assert.Equal(FailureClass.TimeLimit, failure.Class);
        Assert.All(Study.Read("pids").Split(' '), pid => Assert.False(IsAlive(int.Parse(pid, null))));
    }

    [Fact]
    public void Call_OverItsMemoryLimit_IsEnded() =>
        Assert.Equal(FailureClass.OutOfMemory, FailureOf(step => step.Resources(memory: "200 MiB").Call(SharedFunctions.Fills, 400).Publish("x.json").Step).Class);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Call_Cancelled_IsEndedOrComesToItsEnd(bool asksForTheToken)
    {
        using var cancellation = new CancellationTokenSource();
        var report = Study.Run(
            steps =>
            {
                var step = steps.Step("f").InPersistentWorker().ReportsProgress(() => new OnLine("waiting", cancellation.Cancel));
                _ = asksForTheToken
                    ? step.Call(CalledFunctions.WaitsForTheSignal, new CalledFunctions.Place(Study.PathOf("said"))).Output("x")
                    : step.Call(CalledFunctions.Waits, Study.PathOf("pids")).Output("x");
            },
            cancellation: cancellation.Token);
        Assert.Equal(ExitCodes.Interrupted, report.ExitCode);
        if (asksForTheToken)
        {
            Assert.Equal("came to its end", Study.Read("said"));
        }
        else
        {
            Assert.All(Study.Read("pids").Split(' '), pid => Assert.False(IsAlive(int.Parse(pid, null))));
        }
    }

    [Fact]
    public void Call_ThatLeavesAProcess_IsFollowedByOnesInAnotherProcess()
    {
        var left = ResultOf(step => step.Call(SharedFunctions.LeavesAProcess, Study.PathOf("pid")));
        Assert.False(IsAlive(int.Parse(Study.Read("pid"), null)));
        Assert.False(IsAlive(left));
    }

    [Fact]
    public void Call_ThatLeavesAFileOpen_IsFollowedByOnesInAnotherProcess()
    {
        var leftOpen = ResultOf(step => step.Call(SharedFunctions.LeavesAFileOpen, "some.txt"));
        Assert.False(IsAlive(leftOpen));
        Assert.True(IsAlive(ResultOf(step => step.Call(SharedFunctions.Exits, -3))));
    }

    [Fact]
    public void Call_WithASecret_HasAProcessOfItsOwn()
    {
        Environment.SetEnvironmentVariable("PERSISTENT_TEST_TOKEN", "hunter2-hunter2");
        var token = new Secret("token", "1", new SecretSource.FromEnvironment("PERSISTENT_TEST_TOKEN"));
        var process = ResultOf(step => step.Secret("TOKEN", token).Call(SharedFunctions.Exits, -4));
        Assert.False(IsAlive(process));
    }

    [Fact]
    public void Process_ThatDiedWhileItWasIdle_CostsNoCall()
    {
        Run(
            steps =>
            {
                var first = steps.Step("a").InPersistentWorker().Call(SharedFunctions.Exits, -5).Publish("a.json");
                var killed = steps.Step("b").Call(SharedFunctions.Kills, first);
                steps.Step("c").InPersistentWorker().Call(SharedFunctions.Tells, killed).Publish("c.json");
            },
            OneAtATime);
        Assert.NotEqual(Result<int>("a.json"), Result<int>("c.json"));
    }

    [Fact]
    public void Steps_OfOneEnvironment_ShareTheirProcess()
    {
        Run(
            steps =>
            {
                foreach (var (name, threads) in new[] { ("a", "1"), ("b", "2"), ("c", "1"), ("d", "2") })
                {
                    steps.Step(name).Environment("OMP_NUM_THREADS", threads).InPersistentWorker().Call(SharedFunctions.Exits, -6 - name[0]).Publish(name + ".json");
                }
            },
            OneAtATime);
        Assert.Equal(Result<int>("a.json"), Result<int>("c.json"));
        Assert.Equal(Result<int>("b.json"), Result<int>("d.json"));
        Assert.NotEqual(Result<int>("a.json"), Result<int>("b.json"));
    }

    [Fact]
    public void Call_AfterOneThatWasLarge_IsNotChargedWithTheFormersPeak()
    {
        Run(steps =>
        {
            var large = steps.Step("large").InPersistentWorker().Call(SharedFunctions.Frees, 200).Publish("a.json");
            steps.Step("small").InPersistentWorker().Call(SharedFunctions.Tells, large).Publish("b.json");
        });
        Assert.Equal(Result<int>("a.json"), Result<int>("b.json"));
        Assert.True(PeakOf("t/large") > 200L << 20, $"{PeakOf("t/large")}");
        Assert.InRange(PeakOf("t/small"), 0, PeakOf("t/large") - (100L << 20));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Call_AfterOneThatWasLarge_IsNotEndedForWhatThatLeft(bool isKept)
    {
        Run(
            steps =>
            {
                var large = steps.Step("large").InPersistentWorker().Call(SharedFunctions.Leaves, 400, isKept).Publish("a.json");
                steps.Step("small").Resources(memory: "300 MiB").InPersistentWorker().Call(SharedFunctions.TellsLate, large).Publish("b.json");
            },
            OneAtATime);
        Assert.NotEqual(Result<int>("a.json"), Result<int>("b.json"));
    }

    private void Run(Action<StepBuilder> define, Func<RunRequest, RunRequest>? change = null) =>
        Assert.All(Study.Run(define, change).Summary.Steps, step => Assert.Null(step.Failure?.ToString()));

    private long PeakOf(string step) => Study.StepOf(step).Metrics!.PeakMemoryBytes;

    private Failure FailureOf(Func<Step, Step> declare) => _calling.FailureOf(steps => declare(steps.Step("f").InPersistentWorker()));

    private T ResultOf<T>(Func<Step, Result<T>> call) => _calling.ResultOf(step => call(step.InPersistentWorker()));

    private static void Counting(StepBuilder steps, int count)
    {
        for (var i = 0; i < count; i++)
        {
            steps.Step($"f{i}").InPersistentWorker().Call(SharedFunctions.Count, i).Publish($"r{i}.json");
        }
    }

    private static RunRequest OneAtATime(RunRequest request) => request with { Capacity = new Core.Model.Resources(1) };

    private static bool IsAlive(int pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);

    private sealed class Hearing(List<string> heard) : Core.Model.IProgressReader
    {
        public Core.Model.Progress? Read(string line, TimeSpan elapsed)
        {
            lock (heard)
            {
                heard.Add(line);
            }

            return null;
        }
    }

    private T Result<T>(string file) => JsonSerializer.Deserialize<T>(Study.Read(file))!;
}
