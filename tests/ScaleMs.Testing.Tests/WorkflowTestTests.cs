using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Testing.Tests;

/// <summary>The package as a user meets it.</summary>
public sealed class WorkflowTestTests
{
    [Fact]
    public void SecondRun_OfAnything_ExecutesNothing()
    {
        var study = Counting();
        study.Run().Executed("workflow/count", "workflow/report");
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Assertion_ThatDoesNotHold_TellsStepsAndReasons()
    {
        var study = Counting();
        var thrown = Assert.Throws<WorkflowAssertionException>(() => study.Run().ExecutesNothing());
        Assert.Equal("these steps were to run: none\nthese ran: workflow/count (never ran), workflow/report (never ran)", thrown.Message);
        Assert.Throws<WorkflowAssertionException>(() => study.Run().Executed("workflow/count"));
        Assert.Throws<WorkflowAssertionException>(() => study.Run().Fails("workflow/count"));
    }

    [Fact]
    public void Source_Edited_ExecutesWhatReadsIt_AndATouchedOneNothing()
    {
        var study = Counting();
        study.Run();
        study.Host.Disk.Touch(SimulatedHost.PathOf("in.txt"));
        study.Run().ExecutesNothing();
        study.Holds("in.txt", "two words").Run().Executed("workflow/count", "workflow/report");
        study.Holds("in.txt", "one").Run().Executed();
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Script_ThatWritesTheSame_CutsOffEarly()
    {
        var study = Counting().Script("workflow/count", step =>
        {
            step.Write("n.txt", $"{step.Read("in.txt").Split(' ').Length}");
            return ScriptedEnd.Done;
        });
        study.Run().Executed("workflow/count", "workflow/report");
        Assert.Equal("1", study.Text("results/n.txt"));
        study.Holds("in.txt", "uno").Run().Executed("workflow/count");
    }

    [Fact]
    public void Script_FailsOnItsFirstAttempt_RunsAgain()
    {
        var study = Counting().Script("workflow/count", step => step.Attempt == 1 ? ScriptedEnd.Fails(7) : StepScripts.DigestOfInputs(step));
        var failed = study.Run().Fails("workflow/count");
        var failure = Assert.Single(failed.Run.Results, result => result.Outcome == Outcome.Failed).Failure!;
        Assert.Equal((FailureClass.ToolError, 7), (failure.Class, failure.ExitCode));
        study.Run().Executed("workflow/count", "workflow/report");
    }

    [Fact]
    public void Members_OfAnExpansion_AreScriptedTogetherOrAlone()
    {
        var replicas = new[] { 1, 2 };
        var study = WorkflowTest.Of(("simulate", steps => steps.ForEach("replica", replicas, replica => replica, (member, replica) =>
                member.Step("simulate").Parameter("seed", replica).Tool("gmx").Run("gmx", "mdrun").Output("run.gro", publish: $"results/{replica}.gro"))))
            .Script("simulate", step => ScriptedEnd.Fails())
            .Script("simulate[replica=2]", StepScripts.DigestOfInputs);
        study.Run(new SimulatedRunOptions { KeepGoing = true }).Fails("simulate[replica=1]");
        Assert.NotNull(study.Text("results/2.gro"));
        replicas = [2];
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void HostCrash_InTheMiddle_LosesOnlyWhatRan()
    {
        var study = Counting().Script("workflow/report", step => StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromHours(1) });
        var crashed = study.Run(new SimulatedRunOptions { CrashAfter = TimeSpan.FromMinutes(1) });
        Assert.True(crashed.Run.HasCrashed);
        Assert.Equal(["workflow/count"], crashed.ExecutedSteps);
        var resumed = study.Run().Executed("workflow/report");
        Assert.Contains(resumed.Run.Events, runEvent => runEvent is Core.Events.RunEvent.Noticed { Code: "reaped" });
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Interruption_EndsWhatRuns_AndTheNextRunGoesOn()
    {
        var study = Counting().Script("workflow/report", step => StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromHours(1) });
        var interrupted = study.Run(new SimulatedRunOptions { InterruptAfter = TimeSpan.FromMinutes(1) });
        Assert.Equal("interrupted", interrupted.Run.Report!.Summary.Outcome);
        Assert.Equal(60, interrupted.Run.Report.Summary.WallSeconds, precision: 3);
        study.Run().Executed("workflow/report");
    }

    [Fact]
    public void TimeLimit_ShorterThanTheScript_EndsIt()
    {
        var study = WorkflowTest.Of(steps => steps.Step("long").Tool("sh").Run("sh").Output("x").Resources(time: "00:00:10"))
            .Script("workflow/long", _ => ScriptedEnd.After(20));
        var run = study.Run().Fails("workflow/long");
        Assert.Equal(FailureClass.TimeLimit, Assert.Single(run.Run.Results).Failure!.Class);
        Assert.Equal(10, run.Run.Report!.Summary.WallSeconds, precision: 3);
    }

    private static WorkflowTest Counting() => WorkflowTest.Of(steps =>
    {
        var count = steps.Step("count").Input("in.txt", new SourceFile("in.txt")).Tool("wc").Run("wc", "-w", "in.txt").Output("n.txt", publish: "results/n.txt");
        steps.Step("report").Input("n.txt", count.File("n.txt")).Tool("sh").Run("sh", "-c", "cat n.txt").Output("report.txt", publish: "results/report.txt");
    }).Holds("in.txt", "one");
}
