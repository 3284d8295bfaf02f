using System.Globalization;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>Bounded loops: each time round is made from the last one's outputs.</summary>
public sealed class LoopTests
{
    private readonly WorkflowTest _study;
    private readonly int _max = 5;
    private int _enough = 3;

    public LoopTests() => _study = WorkflowTest.Of(
        ("sample", steps => _rounds = steps.Loop<Step?>("round", _max, null, Round, round => round!.File("state"), text => text.StartsWith("enough", StringComparison.Ordinal))),
        ("report", steps => steps.WhenKnown(_rounds!, (after, rounds) =>
        {
            var report = after.Step("report").Tool("cat").Run("cat").Output("report", publish: "report.txt");
            for (var i = 0; i < rounds.Count; i++)
            {
                report.Input($"state{i}", rounds[i]!.File("state"));
            }
        })))
        .Script("sample", step =>
        {
            var round = int.Parse(step.Id.Member.Split('=')[1], CultureInfo.InvariantCulture);
            step.Write("state", $"{(round >= _enough ? "enough" : "more")} {string.Join(' ', step.Files.Select(file => step.Read(file).Length))}\n");
            return ScriptedEnd.After(1);
        })
        .Holds("bias/1.txt", "1").Holds("bias/2.txt", "2").Holds("bias/3.txt", "3").Holds("bias/4.txt", "4").Holds("bias/5.txt", "5");

    private Deferred<IReadOnlyList<Step?>>? _rounds;

    private static Step Round(StepBuilder steps, Step? last)
    {
        var step = steps.Step("sample");
        step.Input("bias", new SourceFile($"bias/{step.Id.Member.Split('=')[1]}.txt")).Tool("md").Run("md").Output("state", publish: $"{step.Id.Member}.txt");
        return last is null ? step : step.Input("last", last.File("state"));
    }

    [Fact]
    public void Loop_UntilItsDecision_RunsSoManyTimesAndWhatFollows() =>
        _study.Run().Executed("sample[round=1]", "sample[round=2]", "sample[round=3]", "report");

    [Fact]
    public void Loop_RunAgain_ExecutesNothing()
    {
        _study.Run();
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Loop_InputOfALaterRoundEdited_RunsFromThereOnly()
    {
        _study.Run();
        _study.Holds("bias/3.txt", "longer").Run().Executed("sample[round=3]", "report");
    }

    [Fact]
    public void Loop_RoundMadeAgainAndTheSame_LeavesTheNextOnes()
    {
        _study.Run();
        _study.Holds("bias/2.txt", "x").Run().Executed("sample[round=2]");
    }

    [Fact]
    public void Loop_EndsEarlier_MovesAwayTheFilesOfRoundsThatAreGone()
    {
        _study.Run();
        _enough = 2;
        _study.Holds("bias/2.txt", "longer").Run().Executed("sample[round=2]", "report");
        Assert.Null(_study.Text("round=3.txt"));
        Assert.NotNull(_study.Text("round=2.txt"));
    }

    [Fact]
    public void Loop_BoundExhausted_IsAFaultThatSaysSo()
    {
        _enough = 9;
        var run = _study.Run();
        Assert.Equal(3, run.Run.Report!.ExitCode);
        Assert.Equal("failed", run.Run.Report.Summary.Outcome);
        Assert.Contains("the loop over 'round' of task 'sample' was not ended by its decision within 5 times", Assert.Single(run.Run.Report.Faults).What, StringComparison.Ordinal);
        Assert.Equal(5, run.ExecutedSteps.Count);
    }

    [Fact]
    public void Loop_CrashedAtAnyChange_GoesOnWhereItWas()
    {
        for (var change = 1; change < 60; change += 3)
        {
            var study = new LoopTests()._study;
            study.Run(new SimulatedRunOptions { CrashAtChange = change });
            study.Run();
            study.Run().ExecutesNothing();
            Assert.InRange(study.Host.Launcher.Launches.Count, 4, 5);
        }
    }

    /// <summary>One replica of three never decides; the others do, and what needs them alone runs.</summary>
    [Fact]
    public void Loop_BoundExhaustedOfOneOfAnEnsemble_KeepGoingDoesTheRest()
    {
        var ensemble = Ensemble(stuck: 2);
        var run = ensemble.Run(new SimulatedRunOptions { KeepGoing = true }).Run;
        Assert.Equal(3, run.Report!.ExitCode);
        Assert.Contains("[replica=2] was not ended by its decision within 3 times", Assert.Single(run.Report.Faults).What, StringComparison.Ordinal);
        Assert.Equal(["workflow/sample[replica=1,round=1]", "workflow/sample[replica=2,round=1]", "workflow/sample[replica=2,round=2]", "workflow/sample[replica=2,round=3]",
            "workflow/sample[replica=3,round=1]", "workflow/use[replica=1]", "workflow/use[replica=3]"], run.Of(Core.Planning.Outcome.Executed).Select(id => id.ToString()));
        var again = ensemble.Run(new SimulatedRunOptions { KeepGoing = true }).Run.Report!;
        Assert.Equal((3, 0, 7, 1), (again.ExitCode, again.Summary.Counts.Executed, again.Summary.Counts.UpToDate, again.Faults.Count));
        var plan = ensemble.Run(new SimulatedRunOptions { KeepGoing = true, PlanOnly = true }).Run.Report!;
        Assert.Equal((3, 7, 1), (plan.ExitCode, plan.Plan.Count, plan.Faults.Count));
    }

    [Fact]
    public void Loop_BoundExhausted_TheNextRunSaysSoBeforeItExecutesAnything()
    {
        var ensemble = Ensemble(stuck: 2);
        ensemble.Run(new SimulatedRunOptions { KeepGoing = true });
        var launches = ensemble.Host.Launcher.Launches.Count;
        ensemble.Holds("in.txt", "other");
        var fault = Assert.Single(Assert.Throws<Core.Faults.FaultException>(() => ensemble.Run()).Faults);
        Assert.Equal("SMS1031", fault.Code);
        Assert.Contains("--keep-going", fault.Try, StringComparison.Ordinal);
        Assert.Equal(launches, ensemble.Host.Launcher.Launches.Count);
    }

    private static WorkflowTest Ensemble(int stuck) => WorkflowTest.Of(steps => steps.ForEach("replica", new[] { 1, 2, 3 }, replica => replica, (member, replica) =>
    {
        var rounds = member.Loop<Step?>("round", 3, null, (each, last) => Sample(each, replica, last), round => round!.File("out"), text => text == "enough");
        member.WhenKnown(rounds, (after, all) => after.Step("use").Input("in", all[^1]!.File("out")).Input("more", new SourceFile("in.txt")).Tool("use").Run("use", $"{replica}").Output("out"));
        return rounds;
    })).Holds("in.txt", "1").Script("workflow/sample", step =>
    {
        step.Write("out", step.Id.Member.StartsWith($"replica={stuck}", StringComparison.Ordinal) ? $"more {step.Id}" : "enough");
        return ScriptedEnd.After(1);
    });

    private static Step Sample(StepBuilder steps, int replica, Step? last)
    {
        var sample = steps.Step("sample").Tool("md").Run("md", $"{replica}").Output("out");
        return last is null ? sample : sample.Input("last", last.File("out"));
    }
}
