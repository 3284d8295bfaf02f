using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Testing.Tests.Retrying;

/// <summary>Each failure class end to end, in virtual time.</summary>
public sealed class RetryTests
{
    private const long GiB = 1L << 30;

    public static TheoryData<string, bool, string> Cases => new()
    {
        // What ends the first attempt, whether the author declared anything, and what becomes of the step.
        { "not started", false, "executed after 1 s" },
        { "never started", false, "executed after 1 s" },
        { "preempted", false, "executed after 1 s" },
        { "node lost", false, "executed after 1 s" },
        { "not there", false, "SubmitError" },
        { "not there", true, "SubmitError" },
        { "time", false, "TimeLimit" },
        { "time", true, "executed after 0 s" },
        { "memory", false, "OutOfMemory" },
        { "memory", true, "executed after 0 s" },
        { "exit 1", false, "ToolError" },
        { "exit 1", true, "executed after 5 s" },
        { "exit 42", false, "ToolError" },
        { "exit 42", true, "executed after 60 s" },
        { "no output", false, "OutputMissing" },
        { "no output", true, "executed after 5 s" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_WhoseFirstAttemptFails_IsTriedAgainAsItsRulesSay(string first, bool isDeclared, string wanted)
    {
        var study = WorkflowTest.Of(steps => Rules(Work(steps), isDeclared)).Script("workflow/work", step => step.Attempt > 1 ? Done(step) : Ending(first, step));
        var run = study.Run().Run;
        var result = Assert.Single(run.Results);
        if (result.Outcome == Outcome.Failed)
        {
            Assert.Equal(wanted, $"{result.Failure!.Class}");
            Assert.Single(study.Host.Launcher.Launches);
            Assert.Empty(run.Events.OfType<RunEvent.StepRetrying>());
            return;
        }

        var (failed, last) = (study.Host.Launcher.Launches[0], study.Host.Launcher.Launches[1]);
        Assert.Equal(wanted, $"{result.Outcome.ToString().ToLowerInvariant()} after {(last.StartedAt - failed.EndedAt!.Value).TotalSeconds} s");
        Assert.Equal(2, Assert.Single(run.Events.OfType<RunEvent.StepRetrying>()).Attempt);
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void History_OfAllAttempts_IsInTheRecordAndInTheResult()
    {
        var study = WorkflowTest.Of(steps => Rules(Work(steps), true))
            .Script("workflow/work", step => step.Attempt switch { 1 => ScriptedEnd.Fails(7), 2 => Ending("memory", step), 3 => Ending("time", step), _ => Done(step) });
        var result = Assert.Single(study.Run().Run.Results);
        Assert.Equal(
            [(1, "ToolError", 7, 1 * GiB, 10.0), (2, "OutOfMemory", 143, 1 * GiB, 10.0), (3, "TimeLimit", 0, 4 * GiB, 10.0), (4, "done", 0, 4 * GiB, 40.0)],
            result.Attempts.Select(attempt => (attempt.Number, attempt.Outcome, attempt.ExitCode, attempt.GrantedBytes, attempt.GrantedSeconds)));
        using var store = study.Host.Store.Open();
        Assert.Equal(result.Attempts, store.State.Results[result.Key!].Attempts);
    }

    [Fact]
    public void Credits_UsedUp_TheStepFailsWithItsLastFailure()
    {
        var study = WorkflowTest.Of(steps => Work(steps).Retries(2, "10s")).Script("workflow/work", step => ScriptedEnd.Fails(step.Attempt));
        var run = study.Run().Fails("workflow/work").Run;
        Assert.Equal(3, Assert.Single(run.Results).Failure!.ExitCode);
        Assert.Equal([0, 11, 32], Beginnings(study));
        Assert.Equal([(2, 3), (3, 3)], run.Events.OfType<RunEvent.StepRetrying>().Select(retrying => (retrying.Attempt, retrying.Again.Most)));
    }

    [Fact]
    public void Cpus_OfAStepThatWaits_AreFreeForOthers()
    {
        var study = WorkflowTest.Of(steps =>
        {
            Work(steps).Retries(1, "1h");
            steps.Step("other").Tool("sh").Run("sh", "other").Output("out").Resources(cpus: 4);
        }).Script("workflow/work", step => step.Attempt > 1 ? Done(step) : ScriptedEnd.Fails());
        study.Run().Executed("workflow/work", "workflow/other");
        var other = study.Host.Launcher.Launches.Single(launch => launch.Step.Step == "other");
        Assert.True(other.EndedAt < study.Host.Launcher.Launches[^1].StartedAt);
    }

    [Fact]
    public void Interruption_WhileAStepWaits_EndsTheRunAtOnce()
    {
        var study = WorkflowTest.Of(steps => Work(steps).Retries(1, "1h")).Script("workflow/work", _ => ScriptedEnd.Fails());
        var report = study.Run(new SimulatedRunOptions { InterruptAfter = TimeSpan.FromSeconds(30) }).Run.Report!;
        Assert.Equal("interrupted", report.Summary.Outcome);
        Assert.Equal(30, report.Summary.WallSeconds, precision: 3);
        var result = Assert.Single(report.Summary.Steps);
        Assert.Equal(Outcome.Cancelled, result.Outcome);
        Assert.Contains("waited to be tried again", result.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FailureOfAnother_WhileAStepWaits_EndsItsWaitingAndItHasFailed()
    {
        var study = Two().Script("workflow/work", _ => ScriptedEnd.Fails(5)).Script("workflow/other", _ => ScriptedEnd.Fails(6) with { Duration = TimeSpan.FromSeconds(30) });
        var report = study.Run().Fails("workflow/other", "workflow/work").Run.Report!;
        Assert.Equal(30, report.Summary.WallSeconds, precision: 3);
        Assert.Equal(5, report.Summary.Steps.Single(step => step.Id.Step == "work").Failure!.ExitCode);
    }

    [Fact]
    public void FailureOfAnother_WithKeepGoing_LeavesTheWaitingOneToBeTriedAgain()
    {
        var study = Two().Script("workflow/work", step => step.Attempt > 1 ? Done(step) : ScriptedEnd.Fails()).Script("workflow/other", _ => ScriptedEnd.Fails(6) with { Duration = TimeSpan.FromSeconds(30) });
        study.Run(new SimulatedRunOptions { KeepGoing = true }).Fails("workflow/other");
        Assert.NotNull(study.Text("results/out.txt"));
    }

    [Fact]
    public void EqualWork_OfAnotherStep_WaitsWithTheOneThatIsTriedAgain()
    {
        var study = WorkflowTest.Of(steps => steps.ForEach("n", [1, 2], n => n, (member, n) =>
                member.Step("work").Tool("sh").Run("sh").Output("out").Retries(1, "1h")))
            .Script("workflow/work", step => step.Attempt > 1 ? Done(step) : ScriptedEnd.Fails());
        study.Run();
        Assert.Equal(2, study.Host.Launcher.Launches.Count);
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Source_EditedWhileAStepWaits_IsTheOneThatIsUsed()
    {
        var study = WorkflowTest.Of(steps => Work(steps).Input("in.txt", new SourceFile("in.txt")).Retries(1, "1h")).Holds("in.txt", "one");
        study.Script("workflow/work", step =>
        {
            if (step.Attempt > 1)
            {
                return Done(step);
            }

            study.Host.Clock.CreateTimer(_ => study.Holds("in.txt", "two"), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
            return ScriptedEnd.Fails();
        }).Run();
        study.Run().ExecutesNothing();
        study.Holds("in.txt", "one").Run().Executed("workflow/work");
    }

    [Fact]
    public void HostCrash_WhileAStepWaits_LosesNothing()
    {
        var study = WorkflowTest.Of(steps => Work(steps).Retries(1, "1h")).Script("workflow/work", step => step.Attempt > 1 ? Done(step) : ScriptedEnd.Fails());
        Assert.True(study.Run(new SimulatedRunOptions { CrashAfter = TimeSpan.FromMinutes(1) }).Run.HasCrashed);
        study.Run().Executed("workflow/work");
        study.Run().ExecutesNothing();
    }

    private static WorkflowTest Two() => WorkflowTest.Of(steps =>
    {
        Work(steps).Retries(1, "1h");
        steps.Step("other").Tool("sh").Run("sh", "other").Output("out");
    });

    private static Step Work(StepBuilder steps) => steps.Step("work").Tool("sh").Run("sh").Output("out", publish: "results/out.txt").Resources(memory: "1 GiB", time: "00:00:10");

    private static void Rules(Step step, bool isDeclared)
    {
        if (isDeclared)
        {
            step.Retries(2, "5s").RetriesOnExit(42, tries: 3, delay: "1m").Grows(time: 4, memory: 4);
        }
    }

    private static ScriptedEnd Ending(string how, ScriptedStep step) => how switch
    {
        "not started" => ScriptedEnd.Ends(LaunchEnd.NotStarted),
        "not there" => ScriptedEnd.Ends(LaunchEnd.NotStarted) with { IsLasting = true },
        "never started" => ScriptedEnd.Ends(LaunchEnd.NeverStarted),
        "preempted" => ScriptedEnd.Ends(LaunchEnd.Preempted),
        "node lost" => ScriptedEnd.Ends(LaunchEnd.NodeLost),
        "time" => Done(step) with { Duration = TimeSpan.FromSeconds(30) },
        "memory" => Done(step) with { MemoryBytes = 3 * GiB },
        "exit 1" => ScriptedEnd.Fails(1),
        "exit 42" => ScriptedEnd.Fails(42),
        _ => ScriptedEnd.Done,
    };

    private static ScriptedEnd Done(ScriptedStep step) => StepScripts.DigestOfInputs(step);

    private static IEnumerable<double> Beginnings(WorkflowTest study) =>
        study.Host.Launcher.Launches.Select(launch => (launch.StartedAt - study.Host.Launcher.Launches[0].StartedAt).TotalSeconds);
}
