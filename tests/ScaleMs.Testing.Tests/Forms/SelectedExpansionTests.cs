using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Selection;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>Selections and reviewed plans of a workflow in which a step lists the members.</summary>
public sealed class SelectedExpansionTests
{
    private readonly ListedFrames _frames = new();
    private readonly WorkflowTest _study;

    public SelectedExpansionTests() => _study = _frames.Study;

    /// <summary>The new list, the files that are edited, the options, what then runs, and what is skipped.</summary>
    [Theory]
    [InlineData("a b c", "", "only=workflow/list only=*[frame=c]", "workflow/frame[frame=c] workflow/list", "workflow/sum")]
    [InlineData("a b c", "", "only=workflow/list", "workflow/list", "workflow/frame[frame=c] workflow/sum")]
    [InlineData("a b c", "a", "from=workflow/list", "workflow/frame[frame=a] workflow/frame[frame=c] workflow/list workflow/sum", "")]
    [InlineData("a b", "a b", "skip=*[frame=b]", "workflow/frame[frame=a] workflow/sum", "workflow/frame[frame=b]")]
    [InlineData("a b c", "a b", "skip=*[frame=b]", "workflow/frame[frame=a] workflow/frame[frame=c] workflow/list workflow/sum", "workflow/frame[frame=b]")]
    [InlineData("a b", "", "rerun=*[frame=b]", "workflow/frame[frame=b]", "")]
    [InlineData("b a", "", "rerun=*[frame=b]", "workflow/frame[frame=b] workflow/list", "")]
    [InlineData("a b c", "", "only=workflow/sum", "", "workflow/list")]
    public void Selection_OfStepsThatAnExpansionMakes_RunsWhatItNames(string list, string edits, string selection, string executed, string skipped)
    {
        _study.Run();
        _frames.Relist(list);
        foreach (var edit in edits.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            _study.Holds($"data/{edit}.txt", "edited");
        }

        var run = _study.Run(new SimulatedRunOptions { Selection = Selected(selection) });

        Assert.Equal(executed, string.Join(' ', run.ExecutedSteps));
        Assert.Equal(skipped, string.Join(' ', run.Run.Of(Outcome.Skipped).Select(id => id.ToString()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Selection_OfAStepThatStaysUnknown_FailsTheRun()
    {
        _study.Run();
        _frames.Relist("a b c");
        var run = _study.Run(new SimulatedRunOptions { Selection = Selected("only=*[frame=c]") });
        Assert.Empty(run.ExecutedSteps);
        Assert.Equal(1, run.Run.Report!.ExitCode);
    }

    [Fact]
    public void Pattern_ThatNamesNothing_IsAFaultOnlyWhenAllStepsAreKnown()
    {
        var chosen = new SimulatedRunOptions { Selection = Selected("rerun=*[frame=c]") };
        var open = _study.Run(chosen).Executed("workflow/list", "workflow/frame[frame=a]", "workflow/frame[frame=b]", "workflow/sum").Run.Report!;
        Assert.Equal((2, "failed", "SMS2006"), (open.ExitCode, open.Summary.Outcome, Assert.Single(open.Faults).Code));
        Assert.Equal("SMS2006", Assert.Throws<FaultException>(() => _study.Run(chosen)).Faults[0].Code);
    }

    [Theory]
    [InlineData("only=workflow/lst", "--only 'workflow/lst' names no step of the target, as far as its steps are known: use 'workflow/list'")]
    [InlineData("skip=*[frame=c]", "--skip '*[frame=c]' names no step of the target, as far as its steps are known: ")]
    public void Plan_OfAPatternThatNamesNothingWhilePartsAreOpen_SaysSo(string selection, string told)
    {
        var report = _study.Run(new SimulatedRunOptions { PlanOnly = true, Selection = Selected(selection) }).Run.Report!;
        Assert.StartsWith(told, Assert.Single(report.Undecided), StringComparison.Ordinal);
        Assert.Equal(0, report.ExitCode);
        Assert.Empty(_study.Run(new SimulatedRunOptions { PlanOnly = true, Selection = Selected("only=workflow/list") }).Run.Report!.Undecided);
    }

    [Fact]
    public void Plan_WithAnOpenExpansion_ListsItAndIsAppliedWithItsMembers()
    {
        var plan = Plan();
        Assert.Equal([new PlanOpening("workflow", "workflow/list has made list.txt") { Parts = 2 }], plan.Open);
        Assert.Equal(["workflow/list"], plan.Steps.Select(step => step.Id));
        Assert.Equal(plan.Open, Plan().Open);
        Apply(plan).Executed("workflow/list", "workflow/frame[frame=a]", "workflow/frame[frame=b]", "workflow/sum");
    }

    [Fact]
    public void Plan_WithAnOpenExpansion_AppliedAgainAfterAFailure_RunsTheRest()
    {
        _study.Script("workflow/frame[frame=b]", _ => ScriptedEnd.Fails());
        var plan = Plan();
        Apply(plan).Fails("workflow/frame[frame=b]");
        _study.Script("workflow/frame[frame=b]", StepScripts.DigestOfInputs);
        Assert.DoesNotContain("workflow/list", Apply(plan).ExecutedSteps);
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Plan_WhoseKnownExpansionIsUnknownNow_IsRefused()
    {
        _study.Run();
        _study.Holds("data/b.txt", "edited");
        var plan = Plan();
        Assert.Empty(plan.Open);
        _study.Host.Disk.Files("/workspace/.scalems/blobs").ToList().ForEach(_study.Host.Disk.Delete);
        var faults = Assert.Throws<FaultException>(() => Apply(plan)).Faults;
        Assert.Contains(faults, fault => fault.What.Contains("unknown part 'workflow, until workflow/list has made list.txt' is new", StringComparison.Ordinal));
    }

    private PlanDocument Plan()
    {
        var launches = _study.Host.Launcher.Launches.Count;
        var run = _study.Run(new SimulatedRunOptions { PlanOnly = true });
        Assert.Equal(launches, _study.Host.Launcher.Launches.Count);
        return run.Run.Report!.Document!;
    }

    private WorkflowRun Apply(PlanDocument plan) => _study.Run(new SimulatedRunOptions { Approved = plan });

    private static StepSelection Selected(string selection)
    {
        var options = selection.Split(' ').ToLookup(option => option.Split('=', 2)[0], option => new StepPattern(option.Split('=', 2)[1]));
        return new StepSelection { Only = [.. options["only"]], From = [.. options["from"]], Skip = [.. options["skip"]], Rerun = [.. options["rerun"]] };
    }
}
