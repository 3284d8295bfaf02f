using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Engine.Importing;
using ScaleMs.Engine.Running;
using Xunit;

namespace ScaleMs.Engine.Tests.Always;

/// <summary>Steps that are never cached: they run in every run that wants them, and only what they make differently makes others stale.</summary>
public sealed class AlwaysTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Step_ThatRunsAlways_RunsInEveryRunAndSparesItsReaders()
    {
        Run("one");
        Assert.Equal("t/look t/read", _study.Ran);
        Run("one");
        Assert.Equal(("t/look", "t/read"), (_study.Ran, _study.Of(Outcome.UpToDate)));
        Assert.Equal("runs always (declared)", _study.ReasonOf("t/look"));
        Assert.Equal("runs always (declared)", _study.Events.OfType<RunEvent.StepStarted>().Single().Reason.Text);
        Run("two");
        Assert.Equal("t/look t/read", _study.Ran);
        Assert.Equal("two\n", _study.Read("read.txt"));
        Assert.Equal(3, Looks);
    }

    [Fact]
    public void Run_WithSuchAStep_IsNoNullRun()
    {
        Run("one");
        Assert.Null(Run("one").Looks);
        Assert.Null(Run("one").Looks);
    }

    [Fact]
    public void Plan_TellsThatItRunsAndWhatMayFollow()
    {
        Run("one");
        var plan = Run("one", request => request with { PlanOnly = true }).Plan;
        Assert.Equal([(PlanKind.Certain, "runs always (declared)"), (PlanKind.Possible, "t/look runs first")], plan.Select(step => (step.Kind, step.Reason.Text)));
        Assert.Equal(1, Looks);
    }

    [Fact]
    public void Why_TellsThatItIsDeclaredAndWhenItRanLast()
    {
        Run("one");
        var run = _study.Last!.Summary.Run;
        var told = Assert.Single(Run("one", request => request with { Explain = ["t/look"] }).Explanations);
        Assert.Equal("will run", told.Verdict);
        Assert.Equal("runs always (declared)", told.Because[0].Text);
        Assert.StartsWith($"it last ran in run {run}, ", told.Because[1].Text, StringComparison.Ordinal);
    }

    /// <summary>Its author takes the declaration back: what was recorded need not follow from the key.</summary>
    [Fact]
    public void Step_ThatRunsAlwaysNoLonger_IsStaleOnceAndCachedFromThenOn()
    {
        Run("one");
        _study.Run(steps => Define(steps, isAlways: false));
        Assert.Equal("'Always' is gone", _study.ReasonOf("t/look"));
        _study.Run(steps => Define(steps, isAlways: false));
        Assert.Equal(string.Empty, _study.Ran);
    }

    [Fact]
    public void Steps_OfTheSameWork_EachRun()
    {
        void Twins(StepBuilder steps)
        {
            steps.Shell("a", "echo x >> $HERE/runs; echo done > out").Environment("HERE", _study.Root).Output("out").Always();
            steps.Shell("b", "echo x >> $HERE/runs; echo done > out").Environment("HERE", _study.Root).Output("out").Always();
        }

        _study.Run(Twins);
        Assert.Equal(2, Lines("runs"));
        _study.Run(Twins);
        Assert.Equal(4, Lines("runs"));
    }

    [Fact]
    public void Step_WithoutOutputs_IsAllowed()
    {
        _study.Run(steps => steps.Shell("tell", "echo x >> $HERE/runs").Environment("HERE", _study.Root).Always());
        Assert.Equal(0, _study.Run(steps => steps.Shell("tell", "echo x >> $HERE/runs").Environment("HERE", _study.Root).Always()).ExitCode);
        Assert.Equal(2, Lines("runs"));
    }

    [Fact]
    public void Step_ThatFails_RunsAgainAndLeavesTheFormerResult()
    {
        Run("one");
        _study.Write("fails", string.Empty);
        Assert.Equal(1, Run("two").ExitCode);
        Assert.Equal(Outcome.Blocked, _study.StepOf("t/read").Outcome);
        Assert.Equal("one\n", _study.Read("read.txt"));
        _study.Delete("fails");
        Run("one");
        Assert.Equal(("t/look", "t/read"), (_study.Ran, _study.Of(Outcome.UpToDate)));
    }

    [Theory]
    [InlineData("only")]
    [InlineData("skip")]
    public void Step_ThatIsLeftOut_StandsAtItsLastResult(string option)
    {
        Run("one");
        _study.Write("world", "two\n");
        StepPattern[] named = [StepPattern.Parse(option == "only" ? "t/read" : "t/look")];
        Run("two", request => request with { Selection = option == "only" ? new StepSelection { Only = named } : new StepSelection { Skip = named } });
        Assert.Equal((1, string.Empty), (Looks, _study.Ran));
        Assert.Equal("t/look t/read", _study.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Step_OfATaskThatIsNotTheTarget_IsNotExecutedByExclusive()
    {
        void Tell(StepBuilder steps) => steps.Shell("tell", "cat look > out").Input("look", new Artifact(new("a", "look"), "look")).Output("out");
        void Look(StepBuilder steps) => steps.Shell("look", "cat $HERE/world > look; echo x >> $HERE/looks").Environment("HERE", _study.Root).Output("look").Always();
        _study.Write("world", "one\n");
        _study.Run([("a", Look), ("t", Tell)]);
        var report = _study.Run([("a", Look), ("t", Tell)], request => request with { OnlyTasks = new HashSet<string> { "t" } });
        Assert.Equal((0, 1, string.Empty), (report.ExitCode, Looks, _study.Ran));
    }

    [Fact]
    public void Approved_PlanWithSuchAStep_RunsItOnce()
    {
        Run("one");
        var plan = Run("one", request => request with { PlanOnly = true, WantsDocument = true }).Document!;
        Assert.Equal(0, Run("one", request => request with { Approved = plan }).ExitCode);
        Assert.Equal(("t/look", 2), (_study.Ran, Looks));
        Assert.Equal(0, Run("one", request => request with { Approved = plan }).ExitCode);
        Assert.Equal((string.Empty, 2), (_study.Ran, Looks));
    }

    [Fact]
    public void Step_MadeAgainForItsLostBytes_RunsOnce()
    {
        Run("one");
        new DirectoryInfo(_study.PathOf(".scalems/blobs")).GetFiles("*", SearchOption.AllDirectories).ToList().ForEach(blob => blob.Delete());
        _study.Run(steps =>
        {
            var look = Define(steps, isAlways: true);
            steps.Shell("other", "cat in > out").Input("in", look.File("look")).Output("out");
        });
        Assert.Equal(("t/look t/other", 2), (_study.Ran, Looks));
    }

    [Fact]
    public void Result_IsNotSharedWithOtherWorkspaces()
    {
        var cache = Directory.CreateTempSubdirectory("scalems-cache-");
        using var first = new TestStudy { Cache = Path.Combine(cache.FullName, "cache") };
        using var second = new TestStudy { Cache = Path.Combine(cache.FullName, "cache") };
        static void Declare(StepBuilder steps)
        {
            var look = steps.Shell("look", "echo seen > look").Output("look").Always();
            steps.Shell("read", "cat look > out").Input("look", look.File("look")).Output("out");
        }

        first.Run(Declare);
        second.Run(Declare);
        Assert.Equal(("t/look", "t/read"), (second.Ran, second.Of(Outcome.Restored)));
        using var third = new TestStudy { Cache = Path.Combine(cache.FullName, "cache") };
        third.Run(Declare, request => request with { Selection = new StepSelection { Only = [StepPattern.Parse("t/read")] } });
        Assert.Equal(string.Empty, third.Of(Outcome.Restored));
        cache.Delete(recursive: true);
    }

    [Fact]
    public void Import_OfSuchAStep_IsAFault()
    {
        _study.Write("world", "one\n");
        _study.Write("old/look", "old\n");
        var exception = Assert.Throws<FaultException>(() => _study.Run(steps => Define(steps, isAlways: true), request => request with
        {
            Selection = new StepSelection { Import = [StepPattern.Parse("t/look")] },
            Import = new ImportOrder(_study.PathOf("old"), "old"),
        }));
        Assert.Equal("step 't/look' cannot be imported: it is declared to run always, so no result stands for it", Assert.Single(exception.Faults).What);
    }

    private int Looks => Lines("looks");

    private int Lines(string file) => File.ReadAllLines(_study.PathOf(file)).Length;

    private RunReport Run(string world, Func<RunRequest, RunRequest>? change = null)
    {
        _study.Write("world", world + "\n");
        return _study.Run(steps => Define(steps, isAlways: true), change);
    }

    private Step Define(StepBuilder steps, bool isAlways)
    {
        var look = steps.Shell("look", "[ ! -e $HERE/fails ] && cat $HERE/world > look && echo x >> $HERE/looks").Environment("HERE", _study.Root).Output("look");
        steps.Shell("read", "cat look > read.txt").Input("look", look.File("look")).Output("read.txt", publish: "read.txt");
        return isAlways ? look.Always() : look;
    }
}
