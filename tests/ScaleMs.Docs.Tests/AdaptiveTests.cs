using Xunit;

namespace ScaleMs.Docs.Tests;

/// <summary>The loop of <c>workflows/adaptive</c>, run through its real host.</summary>
public sealed class AdaptiveTests : IDisposable
{
    private readonly string _workspace = Directory.CreateTempSubdirectory("scalems-adaptive-").FullName;

    public AdaptiveTests()
    {
        var home = Directory.CreateDirectory(Path.Combine(_workspace, "workflows/adaptive")).FullName;
        foreach (var script in Directory.GetFiles(Path.Combine(Repository.Root, "workflows/adaptive"), "*.awk"))
        {
            File.Copy(script, Path.Combine(home, Path.GetFileName(script)));
        }
    }

    public void Dispose() => Directory.Delete(_workspace, recursive: true);

    private string Mean => File.ReadAllText(Path.Combine(_workspace, "results/adaptive.txt"));

    [Fact]
    public void Adaptive_FreshAgainAndFiner_AddsRoundsOnly()
    {
        var plan = Run("--plan", "--exit-code");
        Assert.Equal(4, plan.Code);
        Assert.Contains("unknown until sample/decide[round=1] has made decision.txt", plan.Output, StringComparison.Ordinal);
        Assert.Equal(0, Run().Code);
        Assert.EndsWith("after 3 rounds\n", Mean, StringComparison.Ordinal);
        Assert.Contains("up to date", Run().Output, StringComparison.Ordinal);
        var finer = Run("--set", "error=0.008");
        Assert.Equal(0, finer.Code);
        Assert.DoesNotContain("walk[round=1,", finer.Output, StringComparison.Ordinal);
        Assert.Contains("walk[round=4,walker=1]", finer.Output, StringComparison.Ordinal);
    }

    /// <summary>Nothing that is known would run, and what follows is not known.</summary>
    [Fact]
    public void Adaptive_PlanWithNothingButWhatIsUnknown_CountsAsWork()
    {
        var plan = Run("--plan", "--exit-code", "--skip=sample", "--only=reprt");
        Assert.Equal(4, plan.Code);
        Assert.DoesNotContain("execute    ", plan.Output, StringComparison.Ordinal);
        Assert.Contains("unknown    Default: unknown until sample/decide[round=1] has made decision.txt", plan.Output, StringComparison.Ordinal);
        Assert.Contains("notice    --only 'reprt' names no step of the target, as far as its steps are known: ", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("'sample' names no step", plan.Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("--plan", "--skip=sample").Code);
    }

    [Fact]
    public void Adaptive_PatternThatNothingComesToFit_IsToldAtTheEnd()
    {
        var run = Run("--skip=Default/reprt");
        Assert.Equal(2, run.Code);
        Assert.Contains("error SMS2006: --skip 'Default/reprt' names no step of the target\n  try  use 'Default/report'", run.Errors, StringComparison.Ordinal);
        Assert.EndsWith("after 3 rounds\n", Mean, StringComparison.Ordinal);
    }

    [Fact]
    public void Adaptive_NeverGoodEnough_SaysThatTheBoundIsExhausted()
    {
        var run = Run("--set", "error=0", "--set", "walkers=1");
        Assert.Equal(3, run.Code);
        Assert.Contains("error SMS1031: the loop over 'round' of task 'sample' was not ended by its decision within 20 times", run.Errors, StringComparison.Ordinal);
        Assert.Equal(3, Run("--set", "error=0", "--set", "walkers=1").Code);
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments) => WordsHost.RunProgram("Adaptive.dll", _workspace, arguments);
}
