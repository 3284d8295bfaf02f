using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using Xunit;

namespace ScaleMs.Testing.Tests.Planning;

/// <summary>A reviewed plan cannot name what is read where it says <c>unknown</c>; bytes that are needed there and gone are made again.</summary>
public sealed class NeededWhereUnknownTests
{
    private readonly WorkflowTest _study;

    public NeededWhereUnknownTests() => _study = WorkflowTest.Of(steps =>
    {
        var raw = steps.Step("raw").Tool("sh").Run("sh", "raw").Output("out").File("out");
        var grid = steps.Step("grid").Input("raw", raw).Tool("sh").Run("sh", "grid").Output("out").File("out");
        steps.Step("other").Tool("sh").Run("sh", "other").Output("out");
        steps.Step("sum").Input("in", new SourceFile("sum.txt")).Input("grid", grid).Tool("sh").Run("sh", "sum").Output("out");
        var list = steps.Step("list").Input("in", new SourceFile("in.txt")).Tool("ls").Run("ls").Output("list.txt").File("list.txt");
        steps.Expand("frame", list, (member, name) => member.Step("frame").Input("grid", grid).Tool("cut").Run("cut", name).Output("out"));
    }).Script("workflow/list", step =>
    {
        step.Write("list.txt", step.Read("in"));
        return ScriptedEnd.Done;
    }).Holds("in.txt", "a\n").Holds("sum.txt", "1");

    [Fact]
    public void Plan_WhoseUnknownPartNeedsBytesThatAreGone_MakesThemAgain()
    {
        _study.Run();
        _study.Holds("in.txt", "a\nb\n");
        LoseBytes();
        var plan = Plan();
        Assert.Equal("workflow/list", Assert.Single(plan.Steps, step => step.Kind != PlanKind.UpToDate).Id);
        Apply(plan).Executed("workflow/list", "workflow/raw", "workflow/grid", "workflow/frame[frame=b]");
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Plan_CutShortWhileBytesWereMadeAgain_RunsTheRest()
    {
        _study.Run();
        _study.Holds("in.txt", "a\nb\n");
        LoseBytes();
        var plan = Plan();
        _study.Script("workflow/grid", _ => ScriptedEnd.Fails());
        Apply(plan).Fails("workflow/grid");
        _study.Script("workflow/grid", StepScripts.DigestOfInputs);
        Apply(plan).Executed("workflow/grid", "workflow/frame[frame=b]");
    }

    [Fact]
    public void Plan_WhoseNamedStepNeedsBytesThatWentSince_IsNotWidened()
    {
        _study.Run();
        _study.Holds("in.txt", "a\nb\n").Holds("sum.txt", "2");
        var plan = Plan();
        LoseBytes();
        var failure = Assert.Single(Apply(plan).Run.Results, result => result.Outcome == Outcome.Failed);
        Assert.Equal("workflow/grid", failure.Id.ToString());
        Assert.Contains("the plan that is applied does not allow", failure.Failure!.Message, StringComparison.Ordinal);
    }

    private void LoseBytes() => _study.Host.Disk.Delete($"{_study.Host.Store.Directory}/blobs");

    private PlanDocument Plan() => _study.Run(new SimulatedRunOptions { PlanOnly = true }).Run.Report!.Document!;

    private WorkflowRun Apply(PlanDocument plan) => _study.Run(new SimulatedRunOptions { Approved = plan });
}
