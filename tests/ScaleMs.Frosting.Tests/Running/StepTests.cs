using Xunit;

namespace ScaleMs.Frosting.Tests.Running;

/// <summary>Tasks with steps in a Frosting host: when what is called, and how the run ends.</summary>
public sealed class StepTests
{
    private const string Steps = "steps lifetime task-lifetime";

    [Fact]
    public void Run_OfSteps_DefinesAfterSetup_AndCallsTheTaskLifetimeOnceForAllInstances() => TestHost.RunOnce(Engines.ScaleMs, Steps, "--target=merge").Ended(0).Called(
        "setup merge: fetch split merge",
        "asked split", "define split", "define merge",
        "before fetch", "run fetch", "after fetch",
        "before split", "after split",
        "before merge", "after merge",
        "teardown successful");

    [Fact]
    public void Run_ThatFindsStepsUpToDate_StillCallsSetupAndTeardown()
    {
        using var host = new TestHost();
        host.Run(Engines.ScaleMs, Steps, "--target=merge").Ended(0);
        host.Run(Engines.ScaleMs, Steps, "--target=merge").Ended(0).Called(
            "setup merge: fetch split merge", "asked split", "define split", "define merge", "before fetch", "run fetch", "after fetch", "teardown successful");
    }

    [Fact]
    public void Exclusive_OfAStep_TakesWhatIsThere_OrFails()
    {
        using var host = new TestHost();
        Assert.DoesNotContain("run fetch", host.Run(Engines.ScaleMs, Steps, "--target=merge", "--exclusive").Ended(1).Told);
        host.Run(Engines.ScaleMs, Steps, "--target=merge").Ended(0);
        File.Delete(Path.Combine(host.Workspace, "all.txt"));
        Assert.DoesNotContain("run fetch", host.Run(Engines.ScaleMs, Steps, "--target=merge", "--exclusive").Ended(0).Told);
        Assert.True(File.Exists(Path.Combine(host.Workspace, "all.txt")));
    }

    [Fact]
    public void DryRun_OfSteps_NamesTasks_AndDefinesNothing()
    {
        var run = TestHost.RunOnce(Engines.ScaleMs, "steps task-lifetime", "--target=merge", "--dryrun").Ended(0).Printed("1. fetch").Printed("3. merge");
        Assert.DoesNotContain(run.Told, line => line.StartsWith("define", StringComparison.Ordinal) || line.StartsWith("run", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_OfSteps_Defines_AndExecutesNothing()
    {
        var run = TestHost.RunOnce(Engines.ScaleMs, Steps, "--target=merge", "--plan").Ended(0);
        Assert.Contains("define merge", run.Told);
        Assert.DoesNotContain(run.Told, line => line.StartsWith("run", StringComparison.Ordinal) || line.StartsWith("before", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("break", 1)]
    [InlineData("undefined", 3)]
    [InlineData("nowhere", 2)]
    public void Run_ThatGoesWrong_EndsWithTheEnginesCode(string target, int code) => TestHost.RunOnce(Engines.ScaleMs, "steps", $"--target={target}").Ended(code);

    [Fact]
    public void Step_UnderCakesEngine_SaysWhatIsMissing() =>
        TestHost.RunOnce(Engines.Cake, "single-step", "--target=break").Ended(1).Printed("Call UseScaleMs() on the host");

    [Fact]
    public void Tasks_ThatTakeEachOther_NeedUseScaleMs() =>
        TestHost.RunOnce(Engines.Cake, "steps", "--target=fetch").Ended(1).Called().Printed("SplitTask");
}
