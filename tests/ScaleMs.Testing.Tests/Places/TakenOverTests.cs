using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Testing.Tests.Places;

/// <summary>What the next run knows of an attempt that it takes over: what it began with, and what it had been given.</summary>
public sealed class TakenOverTests
{
    private const double Hour = 3600;
    private const long Gibi = 1L << 30;

    private readonly SimulatedSite _cluster = new("cluster");

    [Theory]
    [InlineData("cluster")]
    [InlineData("local")]
    public void TimeLimit_WithTheCheckpointThatItBeganWith_IsFinal(string place)
    {
        // What comes back from elsewhere is another file with the same bytes, and so is what a tool writes again.
        var study = Counting(step => At(step, "1"), _ => { });
        var result = Assert.Single(study.Run(new SimulatedRunOptions { Launcher = place }).Fails("workflow/count").Run.Results);
        Assert.Equal((FailureClass.TimeLimit, 2), (result.Failure!.Class, result.Attempts.Count));
    }

    [Fact]
    public void TimeLimit_OfAnAttemptTakenOverThatMadeNoProgress_IsFinal()
    {
        var study = Counting(step => At(step, "1"), _ => { });
        study.Run(new SimulatedRunOptions { Launcher = "cluster", CrashAfter = TimeSpan.FromHours(1.5) });
        var result = Assert.Single(study.Run(new SimulatedRunOptions { Launcher = "cluster" }).Fails("workflow/count").Run.Results);
        Assert.Equal((FailureClass.TimeLimit, 2, 1), (result.Failure!.Class, _cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void TimeLimit_OfAnAttemptTakenOverThatMadeProgress_IsGoneOnFrom()
    {
        var study = Counting(step => step.Attempt == 3 ? StepScripts.DigestOfInputs(step) : At(step, $"{step.Attempt}"), _ => { });
        study.Run(new SimulatedRunOptions { Launcher = "cluster", CrashAfter = TimeSpan.FromHours(1.5) });
        var result = Assert.Single(study.Run(new SimulatedRunOptions { Launcher = "cluster" }).Executed("workflow/count").Run.Results);
        Assert.True(result.IsContinued);
        Assert.Equal((3, 1), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Growth_AfterAnAttemptTakenOver_GoesOnFromWhatThatHadBeenGiven()
    {
        var study = Counting(
            step => step.Attempt == 3 ? StepScripts.DigestOfInputs(step) : ScriptedEnd.Ends(LaunchEnd.OutOfMemory, Hour),
            step => step.Grows(memory: 2));
        study.Run(new SimulatedRunOptions { Launcher = "cluster", CrashAfter = TimeSpan.FromHours(1.5) });
        var result = Assert.Single(study.Run(new SimulatedRunOptions { Launcher = "cluster" }).Executed("workflow/count").Run.Results);
        Assert.Equal([2 * Gibi, 4 * Gibi], result.Attempts.Select(attempt => attempt.GrantedBytes));
        Assert.Equal((3, 1), (_cluster.Begun, _cluster.TakenOver));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"IsContinued\":false,\"Fil")]
    [InlineData("{\"IsContinued\":true,\"Files\":[],\"Seed\":[\"none\"]}")]
    public void Note_ThatACrashDamaged_LeadsToAFreshAttempt(string left)
    {
        var study = Counting(step => StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromHours(2) }, _ => { });
        study.Run(new SimulatedRunOptions { Launcher = "cluster", CrashAfter = TimeSpan.FromHours(1) });
        var note = Assert.Single(study.Host.Disk.Files(SimulatedHost.PathOf(".scalems/work")), file => file.EndsWith("/staged.json", StringComparison.Ordinal));
        study.Host.Disk.Write(note, left);
        var result = Assert.Single(study.Run(new SimulatedRunOptions { Launcher = "cluster" }).Executed("workflow/count").Run.Results);
        Assert.Equal(["NodeLost", "done"], result.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal((2, 0), (_cluster.Begun, _cluster.UnderWay));
    }

    /// <summary>Leaves a checkpoint and runs into its time limit after an hour.</summary>
    private static ScriptedEnd At(ScriptedStep step, string checkpoint)
    {
        step.WriteNow("state.cpt", checkpoint);
        return ScriptedEnd.Ends(LaunchEnd.TimedOut, Hour);
    }

    private WorkflowTest Counting(StepScript script, Action<Step> more)
    {
        var study = WorkflowTest.Of(steps =>
            more(steps.Step("count").Tool("sh").Run("sh").Checkpoint("state.cpt").Output("out.txt", publish: "results/out.txt").Resources(memory: "1 GiB", time: "02:00:00")));
        study.Script("workflow/count", script);
        study.Host.Sites.Add(_cluster);
        return study;
    }
}
