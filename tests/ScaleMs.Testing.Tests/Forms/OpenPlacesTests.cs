using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning.Documents;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>Several parts of a definition wait for one output: a reviewed plan knows each of them.</summary>
public sealed class OpenPlacesTests
{
    private readonly WorkflowTest _study;
    private int[] _members = [1, 2];
    private int _again = 1;

    public OpenPlacesTests() => _study = WorkflowTest.Of(steps =>
    {
        var list = steps.Step("list").Tool("ls").Run("ls").Output("out").File("out");
        steps.ForEach("r", _members, r => r, (member, r) => member.WhenKnown(list, (after, _) => Work(after, "part", $"{r}")));
        for (var i = 0; i < _again; i++)
        {
            var name = $"more{i}";
            steps.WhenKnown(list, (after, _) => Work(after, name));
        }
    });

    [Fact]
    public void Plan_OfPartsThatWaitForOneOutput_ListsEachPlace()
    {
        _again = 2;
        Assert.Equal(
            [Opening("[r=1]"), Opening("[r=2]"), Opening(string.Empty) with { Parts = 2 }],
            Plan().Open);
    }

    [Fact]
    public void Plan_AppliedAsItWas_RunsAllParts() =>
        Apply(Plan()).Executed("workflow/list", "workflow/part[r=1]", "workflow/part[r=2]", "workflow/more0");

    [Fact]
    public void Plan_APartWasAddedSince_IsRefused()
    {
        var plan = Plan();
        _again = 2;
        Refuses(plan, "unknown part 'workflow, until workflow/list has made out': 1 → 2");
    }

    [Fact]
    public void Plan_AMemberTookAnothersPlaceSince_IsRefused()
    {
        var plan = Plan();
        _members = [1, 3];
        Refuses(plan, "unknown part 'workflow [r=2], until workflow/list has made out' is gone", "unknown part 'workflow [r=3], until workflow/list has made out' is new");
    }

    [Fact]
    public void Plan_AppliedAgainAfterAFailure_RunsTheRestOnly()
    {
        _study.Script("workflow/more0", _ => ScriptedEnd.Fails());
        var plan = Plan();
        Apply(plan).Fails("workflow/more0");
        _study.Script("workflow/more0", StepScripts.DigestOfInputs);
        Apply(plan).Executed("workflow/more0");
    }

    private static PlanOpening Opening(string place) => new("workflow", "workflow/list has made out", place);

    private PlanDocument Plan() => _study.Run(new SimulatedRunOptions { PlanOnly = true }).Run.Report!.Document!;

    private WorkflowRun Apply(PlanDocument plan) => _study.Run(new SimulatedRunOptions { Approved = plan, KeepGoing = true });

    private void Refuses(PlanDocument plan, params string[] told)
    {
        var faults = Assert.Throws<FaultException>(() => Apply(plan)).Faults;
        Assert.Equal(told.Select(what => $"the plan no longer holds: {what}"), faults.Select(fault => fault.What));
        Assert.Empty(_study.Host.Launcher.Launches);
    }

    private static Artifact Work(StepBuilder steps, string name, params string[] arguments) => steps.Step(name).Tool("work").Run("work", [name, .. arguments]).Output("out").File("out");
}
