using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests;

/// <summary>Plain Cake tasks between step tasks: they run each time, and what they change is seen.</summary>
public sealed class PlainTaskTests : IDisposable
{
    private readonly TestStudy _study = new();
    private readonly List<string> _called = [];

    public void Dispose() => _study.Dispose();

    private void Run(Func<string, bool> plain, params string[] order)
    {
        using var collector = new StepCollector(_study.Root);
        new StepBuilder(collector, "use").Shell("use", "cat in.txt > out.txt").Input("in.txt", new SourceFile("made.txt")).Output("out.txt", publish: "out.txt");
        new StepBuilder(collector, "free").Shell("free", "echo > free.txt").Output("free.txt", publish: "free.txt");
        var definition = new WorkflowDefinition(
            [new("make", order, IsPlain: true), new("use", ["make"], IsPlain: false), new("free", [], IsPlain: false)], collector.Build(), collector.Faults);
        _study.Run(definition, request => request with
        {
            RunPlainTask = task =>
            {
                _called.Add(task.Name);
                return Task.FromResult(plain(task.Name));
            },
        });
    }

    private bool Make(string text)
    {
        _study.Write("made.txt", text);
        return true;
    }

    [Fact]
    public void PlainTask_MakesASourceFile_TheStepAfterItSeesIt()
    {
        Run(_ => Make("one\n"));

        Assert.Equal(0, _study.Last!.ExitCode);
        Assert.Equal("one\n", _study.Read("out.txt"));
    }

    [Fact]
    public void PlainTask_RunsEachTime_StepOnlyWhenItsFileChanged()
    {
        Run(_ => Make("one\n"));
        Run(_ => Make("one\n"));
        Assert.Equal(string.Empty, _study.Ran);

        Run(_ => Make("two\n"));
        Assert.Equal("use", _study.Ran);
        Assert.Equal("two\n", _study.Read("out.txt"));
        Assert.Equal(["make", "make", "make"], _called);
    }

    [Fact]
    public void PlainTask_ThatFails_BlocksWhatComesAfterIt()
    {
        Run(_ => false);

        Assert.Equal(1, _study.Last!.ExitCode);
        Assert.Equal(Outcome.Blocked, _study.StepOf("use").Outcome);
    }

    /// <summary>Cake runs the tasks of a closure depth first; what is ready earlier waits for its turn.</summary>
    [Fact]
    public void PlainTasks_OfSeveralLevels_RunInTheirOrder()
    {
        RunPlain(alone: "", ("a1", []), ("a", ["a1"]), ("b1", []), ("b", ["b1"]), ("all", ["a", "b"]));

        Assert.Equal(["a1", "a", "b1", "b", "all"], _called);
    }

    [Fact]
    public void PlainTasks_ThatMayOverlap_RunBesideEachOther()
    {
        using var meeting = new Barrier(2);
        RunPlain(alone: "all", name => name == "all" || meeting.SignalAndWait(TimeSpan.FromSeconds(60)), ("a", []), ("b", []), ("all", ["a", "b"]));

        Assert.Equal(0, _study.Last!.ExitCode);
    }

    [Fact]
    public void PlainTask_ThatRunsAlone_HasNoneBesideIt()
    {
        var running = 0;
        bool RunOne(string name)
        {
            var most = name == "alone" ? 1 : 2;
            Assert.InRange(Interlocked.Increment(ref running), 1, most);
            return Interlocked.Decrement(ref running) >= 0;
        }

        RunPlain(alone: "alone", RunOne, ("a", []), ("b", []), ("c", []), ("alone", []), ("d", []), ("e", []));
        Assert.Equal(0, _study.Last!.ExitCode);
        Assert.Equal("alone", _called[3]);
    }

    [Fact]
    public void PlainTasks_MoreThanJobs_WaitForTheirTurn()
    {
        var (running, most) = (0, 0);
        bool RunOne(string name)
        {
            lock (_called)
            {
                most = Math.Max(most, ++running);
            }

            Thread.Yield();
            lock (_called)
            {
                return --running >= 0;
            }
        }

        RunPlain(alone: "none", RunOne, [.. Enumerable.Range(0, 20).Select(number => ($"t{number}", Array.Empty<string>()))]);
        Assert.InRange(most, 1, 2);
        Assert.Equal(20, _called.Count);
    }

    private void RunPlain(string alone, params (string Name, string[] After)[] tasks) => RunPlain(alone, _ => true, tasks);

    /// <summary>Runs plain tasks that may overlap, but for one; where none may, they are called one by one and the order is certain.</summary>
    private void RunPlain(string alone, Func<string, bool> run, params (string Name, string[] After)[] tasks)
    {
        var definition = new WorkflowDefinition([.. tasks.Select(task => new WorkflowTask(task.Name, task.After, IsPlain: true) { MayOverlap = alone.Length > 0 && task.Name != alone })], [], []);
        _study.Run(definition, request => request with
        {
            RunPlainTask = task =>
            {
                lock (_called)
                {
                    _called.Add(task.Name);
                }

                return Task.FromResult(run(task.Name));
            },
        });
    }
}
