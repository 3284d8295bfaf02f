using Cake.Core;
using Cake.Core.Diagnostics;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Plain tasks beside each other, which only our engine does and only when asked.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ParallelTests : IDisposable
{
    private const int Interrupted = 130;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _errors = Console.Error;
    private readonly StringWriter _printed = new();

    public ParallelTests()
    {
        Console.SetOut(_printed);
        Console.SetError(_printed);
    }

    public void Dispose()
    {
        Console.SetOut(_output);
        Console.SetError(_errors);
        _printed.Dispose();
    }

    [Fact]
    public async Task Parallel_IndependentTasks_RunBesideEachOther()
    {
        var ours = await Engines.OursAsync(build => Meeting(build, task => task), Parallel("all"));
        Assert.Equal("0", ours.Of("exit ").Single());
        Assert.Equal(string.Empty, ours.Left);
    }

    [Fact]
    public async Task Parallel_TasksThatAreMarked_NeedNoOption()
    {
        var ours = await Engines.OursAsync(build => Meeting(build, task => task.Parallelizable()), new Asked("all") { Arguments = [KeyValuePair.Create("jobs", "2")] });
        Assert.Equal("0", ours.Of("exit ").Single());
    }

    /// <summary>Frosting hands the method of the task's own object to the engine.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parallel_TaskOfAClass_IsMarkedByItsAttribute(bool isMarked)
    {
        var task = new ScaleMsEngine(new CakeDataService(), new NullLog()).RegisterTask("class").Does(isMarked ? new MarkedTask().RunAsync : new UnmarkedTask().RunAsync);
        Assert.Equal(isMarked, ParallelTasks.IsMarked((CakeTask)task.Task));
    }

    [Fact]
    public async Task Parallel_ReportRows_StandInCakesOrder()
    {
        void Define(Build build)
        {
            var other = new ManualResetEventSlim();
            build.Host.Task("slow").Does(() => Assert.True(other.Wait(Long)));
            build.Host.Task("quick").Does(other.Set);
            build.Task("all").IsDependentOn("slow").IsDependentOn("quick");
            build.Recording.Add(build.Host.RunTarget("all"));
        }

        var ours = await Engines.OursAsync(Define, Parallel("all"));
        Assert.Equal(["slow", "quick", "all"], ours.Report.Take(3).Select(row => row.Split(' ')[0]));
    }

    /// <summary>One at a time they run as under Cake, but for what is told of a task that failed, and a finally that shows whether this is a dry run.</summary>
    [Fact]
    public async Task Parallel_RandomBuildsOneTaskAtATime_DoWhatCakeDoes()
    {
        var first = int.TryParse(Environment.GetEnvironmentVariable("SCALEMS_SEED"), out var seed) ? seed : Random.Shared.Next();
        for (var i = 0; i < 200; i++)
        {
            var asked = new RandomBuild(first + i).Asked with { Arguments = [KeyValuePair.Create("parallel", "true"), KeyValuePair.Create("jobs", "1")] };
            var (cake, ours) = await Engines.EachAsync(new RandomBuild(first + i).Define, asked);
            var probe = asked.DryRun ? -1 : ours.Lines.ToList().IndexOf("call InvokeFinally");
            var lines = ours.Lines.Where((line, at) => at != probe && !line.StartsWith("log Error: Task '", StringComparison.Ordinal));
            Assert.True(cake.Lines.SequenceEqual(lines), $"SCALEMS_SEED={first + i}:\n{cake}\n\n{ours}");
        }
    }

    [Fact]
    public async Task Parallel_TaskTeardownThatRunsAnotherTarget_MayDoSoOnAnotherThread()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                build.Task("inner");
                build.Task("all");
                build.Host.TaskTeardown(context => LifetimeTests.RunInner(build, context.Task));
            },
            Parallel("all"));
        Assert.Equal(["all", "inner"], ours.Said);
        Assert.Equal("0", ours.Of("exit ").Single());
    }

    /// <summary>There is nothing that only one run could have. What the inner task's code writes when that task has ended is still the outer one's.</summary>
    [Fact]
    public async Task Parallel_TaskThatRunsAnotherTarget_HasItsOutputInItsBlock()
    {
        string[] lines = ["before", "inner", "late", "after"];
        var ended = new TaskCompletionSource();
        var late = Task.CompletedTask;
        async Task WriteLateAsync()
        {
            await ended.Task.WaitAsync(Long);
            Console.WriteLine(lines[2]);
        }

        var ours = await Engines.OursAsync(
            build =>
            {
                build.Host.Task("inner").Does(() => Console.WriteLine(lines[1])).Does(() => { late = WriteLateAsync(); });
                build.Host.Task("all").Does(async () =>
                {
                    Console.WriteLine(lines[0]);
                    build.Host.RunTarget("inner");
                    ended.SetResult();
                    await late;
                    Console.WriteLine(lines[3]);
                });
            },
            Parallel("all"));
        Assert.Equal("0", ours.Of("exit ").Single());
        Assert.Equal(lines, _printed.ToString().Split(Environment.NewLine).Where(lines.Contains));
    }

    [Fact]
    public async Task Parallel_JobsThatAreNoNumber_AreAnError()
    {
        var ours = await Engines.OursAsync(build => build.Task("all"), Parallel("all") with { Arguments = [KeyValuePair.Create("parallel", "true"), KeyValuePair.Create("jobs", "many")] });
        Assert.Contains("option '--jobs' cannot be 'many'", ours.Of("threw ").Single(), StringComparison.Ordinal);
        Assert.Empty(ours.Said);
    }

    /// <summary>The first Ctrl-C.</summary>
    [Fact]
    public async Task Parallel_Interrupted_TasksThatRunEndAndNothingNewStarts()
    {
        using var interrupt = new CancellationTokenSource();
        var build = new Build((data, log) => new ScaleMsEngine(data, log), new Asked("second"), "/");
        build.Task("first");
        build.Task("second").IsDependentOn("first");
        var closure = new TaskClosure(new TaskGraph([.. build.Engine.Tasks.Cast<CakeTask>()]), ["second"]);
        var run = new TargetRun((ScaleMsEngine)build.Engine, build.Context, new NoStrategy(), new ExecutionSettings().SetTarget("second"));
        var ran = new List<string>();
        Task<bool> RunOne(TaskTurn turn)
        {
            ran.Add(turn.Task.Name);
            interrupt.Cancel();
            return Task.FromResult(true);
        }

        var tasks = new OverlappingTasks(run, TaskTurn.Of(closure, new PlainOverlap(OfAll: true, Most: 2)), 2, RunOne);
        var ended = await Assert.ThrowsAsync<RunFailedException>(() => tasks.RunAsync(interrupt.Token));
        Assert.Equal(Interrupted, ended.ExitCode);
        Assert.Equal(["first"], ran);
    }

    [Fact]
    public async Task Parallel_Output_IsOneBlockForEachTask()
    {
        await Engines.OursAsync(
            build =>
            {
                var turns = new Barrier(2);
                Chat(build, turns, "one");
                Chat(build, turns, "two");
                build.Host.Task("all").IsDependentOn("one").IsDependentOn("two");
            },
            Parallel("all"));
        var lines = _printed.ToString().Split(Environment.NewLine);
        Assert.Equal(["one 0", "one 1 at once", "one 2", "one last"], lines.SkipWhile(line => line != "one 0").Take(4));
        Assert.Equal(["two 0", "two 1 at once", "two 2", "two last"], lines.SkipWhile(line => line != "two 0").Take(4));
    }

    [Fact]
    public async Task Parallel_TaskLifetime_IsOneAtATime()
    {
        var inside = 0;
        void Enter(Build build, string what)
        {
            build.Say($"{what} {Interlocked.Increment(ref inside)}");
            Thread.Yield();
            Interlocked.Decrement(ref inside);
        }

        var ours = await Engines.OursAsync(
            build =>
            {
                build.Host.TaskSetup(_ => Enter(build, "setup"));
                build.Host.TaskTeardown(_ => Enter(build, "teardown"));
                var all = build.Host.Task("all");
                foreach (var name in Enumerable.Range(0, 20).Select(number => $"t{number}"))
                {
                    build.Task(name);
                    all.IsDependentOn(name);
                }
            },
            Parallel("all"));
        Assert.Equal(21, ours.Said.Count(said => said == "setup 1"));
        Assert.Equal(21, ours.Said.Count(said => said == "teardown 1"));
        Assert.DoesNotContain(ours.Said, said => said is "setup 2" or "teardown 2");
    }

    [Fact]
    public async Task Parallel_OneFails_OthersFinishAndNothingNewStarts()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                var failed = new ManualResetEventSlim();
                build.Host.Task("fails").Does(() => Build.Throw("fails")).Finally(failed.Set);
                build.Host.Task("other").Does(() => Assert.True(failed.Wait(Long))).Does(() => build.Say("other"));
                build.Task("after").IsDependentOn("fails");
                build.Task("all").IsDependentOn("after").IsDependentOn("other");
                build.Host.Teardown(context => build.Say($"teardown {context.Successful}"));
            },
            Parallel("all"));
        Assert.Equal(["other", "teardown False"], ours.Said);
        Assert.Equal("CakeReportException: fails failed <- InvalidOperationException: fails failed", ours.Of("threw ").Single());
        Assert.Equal("1", ours.Of("exit ").Single());
    }

    [Fact]
    public async Task Parallel_ContinueOnError_TheRunGoesOn()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                build.Failing("weak").ContinueOnError();
                build.Task("other");
                build.Task("all").IsDependentOn("weak").IsDependentOn("other");
            },
            Parallel("all"));
        Assert.Equal("all", ours.Said.Last());
        Assert.Equal("0", ours.Of("exit ").Single());
        Assert.Contains("weak Task Failed '' took time", ours.Report);
    }

    [Fact]
    public async Task Parallel_CriteriaOfTheTarget_FailTheRun()
    {
        var ours = await Engines.OursAsync(build => build.Task("all").WithCriteria(false, "never"), Parallel("all"));
        Assert.Contains("Could not reach target 'all' since it was skipped due to a criteria: never.", ours.Of("threw ").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parallel_DryRun_ListsAsCakeDoes()
    {
        var (cake, ours) = await Engines.EachAsync(build => Meeting(build, task => task), Parallel("all") with { DryRun = true });
        Assert.Equal(cake.ToString(), ours.ToString());
    }

    private static Asked Parallel(string target) => new(target) { Arguments = [KeyValuePair.Create("parallel", "true"), KeyValuePair.Create("jobs", "2")] };

    /// <summary>Two tasks that only end when both run.</summary>
    private static void Meeting(Build build, Func<CakeTaskBuilder, CakeTaskBuilder> mark)
    {
        var meeting = new Barrier(2);
        mark(build.Host.Task("one")).Does(() => Assert.True(meeting.SignalAndWait(Long)));
        mark(build.Host.Task("two")).Does(() => Assert.True(meeting.SignalAndWait(Long)));
        build.Task("all").IsDependentOn("one").IsDependentOn("two");
    }

    /// <summary>Writes line by line in turn with the other, in each way that a task can.</summary>
    private static void Chat(Build build, Barrier turns, string name) => build.Host.Task(name).Does(async () =>
    {
        Console.WriteLine("{0} {1}", name, 0);
        Assert.True(turns.SignalAndWait(Long));
        Console.Write(name);
        Assert.True(turns.SignalAndWait(Long));
        Console.WriteLine(" 1 at once");
        await Task.Yield();
        Console.Error.WriteLine($"{name} 2");
        await Task.Run(() => Console.WriteLine($"{name} last"));
    });

    private class UnmarkedTask
    {
        public Task RunAsync(ICakeContext context) => Task.CompletedTask;
    }

    [Parallelizable]
    private sealed class MarkedTask : UnmarkedTask;
}
