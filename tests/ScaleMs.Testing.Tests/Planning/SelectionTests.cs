using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using Xunit;

namespace ScaleMs.Testing.Tests.Planning;

/// <summary>A chain of three with a second source in the middle, and a step beside it: what runs, and what the plan said of it.</summary>
public sealed class SelectionTests
{
    private readonly WorkflowTest _study = WorkflowTest.Of(
        ("prepare", steps =>
        {
            steps.Step("prepare").Input("in", new SourceFile("a.txt")).Tool("make").Run("make", "-a").Output("a");
            steps.Step("aside").Input("in", new SourceFile("a.txt")).Tool("make").Run("make", "-x").Output("x");
        }),
        ("simulate", steps => steps.ForEach("replica", [1, 2], replica => $"{replica}", (member, replica) => member.Step("simulate")
            .Input("in", new Artifact(StepId.Parse("prepare"), "a")).Input("own", new SourceFile($"b{replica}.txt")).Tool("make").Run("make", $"-b{replica}").Output("b"))),
        ("analyse", steps => steps.Step("analyse")
            .Input("one", new Artifact(StepId.Parse("simulate[replica=1]"), "b")).Input("two", new Artifact(StepId.Parse("simulate[replica=2]"), "b")).Tool("make").Run("make", "-c").Output("c")))
        .Holds("a.txt", "a").Holds("b1.txt", "1").Holds("b2.txt", "2");

    /// <summary>What is edited, the options, what then runs, and how the rest ends.</summary>
    [Theory]
    [InlineData("", "only=simulate", "", "")]
    [InlineData("b1", "only=simulate", "simulate[replica=1]", "analyse:Skipped")]
    [InlineData("b1", "only=simulate[replica=2]", "", "analyse:Skipped simulate[replica=1]:Skipped")]
    [InlineData("b1", "only=analyse", "", "analyse:Blocked simulate[replica=1]:Skipped")]
    [InlineData("a", "only=analyse", "", "analyse:Blocked prepare/aside:Skipped prepare:Skipped simulate[replica=1]:Skipped simulate[replica=2]:Skipped")]
    [InlineData("a b1", "only=prepare only=simulate*", "prepare prepare/aside simulate[replica=1] simulate[replica=2]", "analyse:Skipped")]
    [InlineData("a", "from=prepare/aside", "prepare/aside", "analyse:Skipped prepare:Skipped simulate[replica=1]:Skipped simulate[replica=2]:Skipped")]
    [InlineData("b1 b2", "from=simulate[replica=2]", "simulate[replica=2]", "analyse:Blocked simulate[replica=1]:Skipped")]
    [InlineData("b2", "from=simulate[replica=2]", "analyse simulate[replica=2]", "")]
    [InlineData("", "from=simulate", "", "")]
    [InlineData("a", "from=prepare", "analyse prepare prepare/aside simulate[replica=1] simulate[replica=2]", "")]
    [InlineData("b1", "skip=simulate[replica=1]", "", "simulate[replica=1]:Skipped")]
    [InlineData("b1 b2", "skip=simulate[replica=1]", "analyse simulate[replica=2]", "simulate[replica=1]:Skipped")]
    [InlineData("a", "skip=prepare", "", "prepare/aside:Skipped prepare:Skipped")]
    [InlineData("a b1", "skip=prepare", "analyse simulate[replica=1]", "prepare/aside:Skipped prepare:Skipped")]
    [InlineData("a b1", "skip=prepare skip=simulate", "", "prepare/aside:Skipped prepare:Skipped simulate[replica=1]:Skipped")]
    [InlineData("", "rerun=simulate[replica=1]", "simulate[replica=1]", "")]
    [InlineData("", "rerun=*", "analyse prepare prepare/aside simulate[replica=1] simulate[replica=2]", "")]
    [InlineData("b2", "rerun=simulate[replica=1] only=simulate[replica=2]", "simulate[replica=1] simulate[replica=2]", "analyse:Skipped")]
    [InlineData("b1", "rerun=simulate skip=simulate[replica=1]", "simulate[replica=2]", "simulate[replica=1]:Skipped")]
    public void Selection_AfterEdits_RunsWhatItNames(string edits, string selection, string executed, string others)
    {
        _study.Run().Executed("analyse", "prepare", "prepare/aside", "simulate[replica=1]", "simulate[replica=2]");
        foreach (var edit in edits.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            _study.Holds($"{edit}.txt", "edited");
        }

        var chosen = Selected(selection);
        var plan = _study.Run(new SimulatedRunOptions { PlanOnly = true, Selection = chosen }).Run.Report!.Plan;
        var run = _study.Run(new SimulatedRunOptions { Selection = chosen });

        Assert.Equal(executed, string.Join(' ', run.ExecutedSteps));
        Assert.Equal(others, string.Join(' ', run.Run.Results.Where(IsLeft).Select(result => $"{result.Id}:{result.Outcome}").Order(StringComparer.Ordinal)));
        Assert.Subset(run.ExecutedSteps.ToHashSet(), Planned(plan, PlanKind.Certain).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
        Assert.Subset(Planned(plan, PlanKind.Certain, PlanKind.Possible).Split(' ').ToHashSet(), run.ExecutedSteps.ToHashSet());
        Assert.Equal(others, string.Join(' ', Told(plan, PlanKind.LeftOut, "Skipped").Concat(Told(plan, PlanKind.Blocked, "Blocked")).Order(StringComparer.Ordinal)));
        Assert.Equal(others.Contains("Blocked", StringComparison.Ordinal) ? "failed" : "done", run.Run.Report!.Summary.Outcome);
    }

    [Fact]
    public void Skip_OfAStepThatNeverRan_BlocksWhatReadsIt()
    {
        var run = _study.Run(new SimulatedRunOptions { Selection = Selected("skip=simulate[replica=2]"), KeepGoing = true });

        Assert.Equal(["prepare", "prepare/aside", "simulate[replica=1]"], run.ExecutedSteps);
        Assert.Equal("needs simulate[replica=2], which is not selected, though not up to date: never ran", run.Run.Results.Single(result => result.Outcome == Outcome.Blocked).Reason.Text);
    }

    [Fact]
    public void Only_WithAnUpstreamThatCanBeRestored_RestoresIt()
    {
        _study.Run();
        _study.Holds("b1.txt", "other").Run();
        _study.Holds("b1.txt", "1").Holds("b2.txt", "other");
        var run = _study.Run(new SimulatedRunOptions { Selection = Selected("only=simulate[replica=2] only=analyse") });

        Assert.Equal(["analyse", "simulate[replica=2]"], run.ExecutedSteps);
        Assert.Equal([StepId.Parse("simulate[replica=1]")], run.Run.Of(Outcome.Restored));
    }

    [Fact]
    public void Skip_WhoseRecordedBytesAreGone_BlocksWhatReadsThem()
    {
        _study.Run();
        foreach (var blob in _study.Host.Disk.Files(SimulatedHost.PathOf(".scalems/blobs")))
        {
            _study.Host.Disk.Delete(blob);
        }

        _study.Holds("b1.txt", "edited");
        var chosen = Selected("skip=prepare");
        var plan = _study.Run(new SimulatedRunOptions { PlanOnly = true, Selection = chosen }).Run.Report!.Plan;
        var run = _study.Run(new SimulatedRunOptions { Selection = chosen });

        Assert.Empty(run.ExecutedSteps);
        Assert.Equal(["analyse", "simulate[replica=1]"], run.Run.Of(Outcome.Blocked).Select(id => id.ToString()));
        Assert.Subset(Planned(plan, PlanKind.Blocked).Split(' ').ToHashSet(), new HashSet<string> { "analyse", "simulate[replica=1]" });
    }

    [Fact]
    public void Rerun_ThatMakesTheSame_LeavesWhatReadsItUpToDate()
    {
        _study.Run();
        var run = _study.Run(new SimulatedRunOptions { Selection = Selected("rerun=prepare") }).Executed("prepare", "prepare/aside");

        Assert.Equal("asked for with --rerun", run.Run.Results.First(result => result.Outcome == Outcome.Executed).Reason.Text);
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Selection_OfARunWithSomethingLeftOut_IsNoNullRun()
    {
        _study.Run();
        Assert.NotNull(_study.Run(new SimulatedRunOptions { Selection = Selected("only=simulate") }).Run.Report!.Looks);
        _study.Holds("b1.txt", "edited");
        Assert.Null(_study.Run(new SimulatedRunOptions { Selection = Selected("only=analyse") }).Run.Report!.Looks);
        Assert.Null(_study.Run(new SimulatedRunOptions { Selection = Selected("skip=simulate") }).Run.Report!.Looks);
        _study.Run().Executed("analyse", "simulate[replica=1]");
    }

    [Theory]
    [InlineData("only=simulat", "--only 'simulat' names no step of the target", "use 'simulate'")]
    [InlineData("only=simulte[*]", "--only 'simulte[*]' names no step of the target", "use 'simulate[*]'")]
    [InlineData("skip=analyze", "--skip 'analyze' names no step of the target", "use 'analyse'")]
    [InlineData("rerun=prepare/asde", "--rerun 'prepare/asde' names no step of the target", "use 'prepare/aside'")]
    [InlineData("from=simulate[replica=3]", "--from 'simulate[replica=3]' names no step of the target", "use 'simulate[replica=1]' or 'simulate[replica=2]'")]
    public void Pattern_ThatNamesNothing_IsAFaultWithTheNearestNames(string selection, string what, string advice)
    {
        var faults = Assert.Throws<FaultException>(() => _study.Run(new SimulatedRunOptions { Selection = Selected(selection) })).Faults;

        Assert.Equal(("SMS2006", FaultKind.Usage, what), (faults[0].Code, faults[0].Kind, faults[0].What));
        Assert.StartsWith(advice, faults[0].Try, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b1.txt", "analyse simulate[replica=1]")]
    [InlineData("b1.txt b2.txt", "analyse simulate[replica=1] simulate[replica=2]")]
    [InlineData("a.txt", "analyse prepare prepare/aside simulate[replica=1] simulate[replica=2]")]
    public void Suppose_OfAFile_TellsWhatWouldRunAndExecutesNothing(string files, string runs)
    {
        _study.Run();
        var launches = _study.Host.Launcher.Launches.Count;
        var plan = _study.Run(new SimulatedRunOptions { PlanOnly = true, Supposed = files.Split(' ') }).Run.Report!.Plan;

        Assert.Equal(runs, Planned(plan, PlanKind.Certain, PlanKind.Possible));
        Assert.Equal(launches, _study.Host.Launcher.Launches.Count);
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Suppose_OfAFileThatNoStepReads_IsAFaultWithTheNearestNames()
    {
        var fault = Assert.Throws<FaultException>(() => _study.Run(new SimulatedRunOptions { PlanOnly = true, Supposed = ["b3.txt"] })).Faults.Single();

        Assert.Equal("--suppose 'b3.txt' names no source file of the target", fault.What);
        Assert.StartsWith("use 'b1.txt' or 'b2.txt' or 'a.txt'", fault.Try, StringComparison.Ordinal);
    }

    private static StepSelection Selected(string text)
    {
        var patterns = text.Split(' ').Select(option => option.Split('=', 2)).ToLookup(option => option[0], option => StepPattern.Parse(option[1]));
        return new StepSelection { Only = [.. patterns["only"]], From = [.. patterns["from"]], Skip = [.. patterns["skip"]], Rerun = [.. patterns["rerun"]] };
    }

    private static bool IsLeft(StepResult result) => result.Outcome is Outcome.Skipped or Outcome.Blocked;

    private static IEnumerable<string> Told(IReadOnlyList<PlannedStep> plan, PlanKind kind, string word) => plan.Where(step => step.Kind == kind).Select(step => $"{step.Step.Id}:{word}");

    private static string Planned(IReadOnlyList<PlannedStep> plan, params PlanKind[] kinds) =>
        string.Join(' ', plan.Where(step => kinds.Contains(step.Kind)).Select(step => step.Step.Id.ToString()).Order(StringComparer.Ordinal));
}
