using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Testing.Tests.Retrying;

/// <summary>Checkpoints that seed the next attempt of the same run.</summary>
public sealed class CheckpointRetryTests
{
    [Theory]
    [InlineData(LaunchEnd.TimedOut)]
    [InlineData(LaunchEnd.Preempted)]
    [InlineData(LaunchEnd.NodeLost)]
    [InlineData(LaunchEnd.OutOfMemory)]
    public void Attempt_StoppedFromOutside_IsContinuedFromItsCheckpoint(LaunchEnd way)
    {
        var study = Counting(step => Counted(step, 1, by: 3) ? ScriptedEnd.Done : ScriptedEnd.Ends(way));
        var result = Assert.Single(study.Run().Executed("workflow/count").Run.Results);
        Assert.True(result.IsContinued);
        Assert.Equal("1 2 3", study.Text("results/out.txt"));
        Assert.Equal(3, result.Attempts.Count);
    }

    [Fact]
    public void TimeLimit_WithoutProgressSinceTheLastCheckpoint_IsFinal()
    {
        var study = Counting(step =>
        {
            _ = step.Attempt == 1 && Counted(step, 1, by: 3);
            return ScriptedEnd.Ends(LaunchEnd.TimedOut);
        });
        var result = Assert.Single(study.Run().Fails("workflow/count").Run.Results);
        Assert.Equal(FailureClass.TimeLimit, result.Failure!.Class);
        Assert.Equal(2, result.Attempts.Count);
    }

    [Fact]
    public void Attempt_ThatFailedByItsOwnError_LeavesNoCheckpointToTheNext()
    {
        var study = Counting(step => step.Attempt switch
        {
            1 => Stopped(step, 2) with { Way = LaunchEnd.Exited, ExitCode = 1 },
            _ => Counted(step, 3, by: 3) ? ScriptedEnd.Done : ScriptedEnd.Fails(),
        });
        var result = Assert.Single(study.Run().Executed("workflow/count").Run.Results);
        Assert.False(result.IsContinued);
        Assert.Equal("1 2 3", study.Text("results/out.txt"));
    }

    [Fact]
    public void Checkpoint_OfWhichAFileIsMissing_GivesWayToTheLastWholeSet()
    {
        var study = Counting(step =>
        {
            if (step.Attempt == 2)
            {
                step.WriteNow("state.cpt", string.Empty); // cut off while it was written
                return ScriptedEnd.Ends(LaunchEnd.Preempted);
            }

            return Counted(step, step.Attempt == 1 ? 2 : 1, by: 3) ? ScriptedEnd.Done : ScriptedEnd.Ends(LaunchEnd.Preempted);
        });
        Assert.True(Assert.Single(study.Run().Executed("workflow/count").Run.Results).IsContinued);
        Assert.Equal("1 2 3", study.Text("results/out.txt"));
        Assert.Equal(3, study.Host.Launcher.Launches.Count);
    }

    [Fact]
    public void Continuation_ThatFails_StartsOverAndMayBeContinuedFromWhatItThenLeaves()
    {
        var study = Counting(step => step.Attempt switch
        {
            1 => Stopped(step, 2),
            2 => ScriptedEnd.Fails(9),
            3 => Stopped(step, 1),
            _ => Counted(step, 2, by: 3) ? ScriptedEnd.Done : ScriptedEnd.Fails(),
        });
        var run = study.Run().Executed("workflow/count").Run;
        Assert.Equal([false, true, false, true], run.Events.OfType<RunEvent.StepStarted>().Select(started => started.IsContinued));
        Assert.Equal("1 2 3", study.Text("results/out.txt"));
        Assert.Contains(run.Events, told => told is RunEvent.Noticed { Code: "checkpoint-refused" });
    }

    [Fact]
    public void TimeLimit_ThatGrowsToo_GoesOnFromTheCheckpointWithMoreTime()
    {
        var study = Counting(step => Counted(step, 1, by: 2) ? ScriptedEnd.Done : ScriptedEnd.After(20), step => step.Grows(time: 3));
        var result = Assert.Single(study.Run().Run.Results);
        Assert.True(result.IsContinued);
        Assert.Equal([10.0, 30.0], result.Attempts.Select(attempt => attempt.GrantedSeconds));
    }

    private static ScriptedEnd Stopped(ScriptedStep step, int count)
    {
        _ = Counted(step, count, by: 3);
        return ScriptedEnd.Ends(LaunchEnd.Preempted);
    }

    /// <summary>Counts on from the checkpoint; writes a new one, and the output when it is done.</summary>
    private static bool Counted(ScriptedStep step, int more, int by)
    {
        var before = step.Files.Contains("state.cpt") ? step.Read("log.txt").Split(' ').ToList() : [];
        var now = before.Concat(Enumerable.Range(before.Count + 1, more).Select(n => $"{n}")).Take(by).ToList();
        step.WriteNow("log.txt", string.Join(' ', now));
        step.WriteNow("state.cpt", $"{now.Count}");
        step.Write("out.txt", string.Join(' ', now));
        return now.Count == by;
    }

    private static WorkflowTest Counting(StepScript script, Action<Step>? more = null) => WorkflowTest.Of(steps =>
    {
        var step = steps.Step("count").Tool("sh").Run("sh").Checkpoint("state.cpt", "log.txt").Output("out.txt", publish: "results/out.txt")
            .Resources(memory: "1 GiB", time: "00:00:10").Retries(1);
        step.Grows(memory: 2);
        more?.Invoke(step);
    }).Script("workflow/count", script);
}
