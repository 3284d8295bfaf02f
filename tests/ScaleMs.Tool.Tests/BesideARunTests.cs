using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Tests;

namespace ScaleMs.Tool.Tests;

/// <summary>Every command while a run goes on.</summary>
public sealed class BesideARunTests : IDisposable
{
    private readonly TestStudy _study = new();
    private readonly string _pipe = Path.Combine(Path.GetTempPath(), $"scalems-{Guid.NewGuid():N}");

    public BesideARunTests() => _study.Write("in.txt", "one\n");

    public void Dispose()
    {
        File.Delete(_pipe);
        _study.Dispose();
    }

    [Fact]
    public async Task Commands_WhileAStepRuns_DoNotDisturbIt()
    {
        Assert.True(ToolProcess.Succeeds("mkfifo", _pipe));
        _study.Run(ThreeSteps.Of());
        _study.Write("in.txt", "two\n");
        var steps = ThreeSteps.Of($"read line < {_pipe}; echo $line > out.txt");
        _study.ForgetEvents();
        var run = Task.Run(() => _study.Run(steps));
        Assert.True(SpinWait.SpinUntil(() => Ended("t/second") && IsWaiting(), TimeSpan.FromMinutes(1)));

        var verify = ToolProcess.Run(_study.Root, "verify");
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains("a run is going on: process", verify.Output, StringComparison.Ordinal);
        Assert.Equal(0, ToolProcess.Run(_study.Root, "du").ExitCode);
        var gc = ToolProcess.Run(_study.Root, "gc");
        Assert.Equal(0, gc.ExitCode);
        var partial = ToolProcess.Run(_study.Root, "gc", "--max-size", "0");
        Assert.Equal(75, partial.ExitCode);
        Assert.Contains("ask again when it has ended", partial.Output, StringComparison.Ordinal);
        var repair = ToolProcess.Run(_study.Root, "verify", "--repair");
        Assert.Equal(75, repair.ExitCode);
        Assert.Contains("is in use by process", repair.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_pipe, "go on\n");
        Assert.Equal(0, (await run).ExitCode);
        Assert.Equal("go on\n", _study.Read("results/third.txt"));
        Assert.Equal(0, ToolProcess.Run(_study.Root, "verify").ExitCode);
        _study.Run(steps);
        Assert.Equal(ThreeSteps.All, _study.Of(Outcome.UpToDate));
    }

    private bool Ended(string step)
    {
        lock (_study.Events)
        {
            return _study.Events.OfType<RunEvent.StepFinished>().Any(ended => ended.Result.Id.ToString() == step);
        }
    }

    private bool IsWaiting()
    {
        lock (_study.Events)
        {
            return _study.Events.OfType<RunEvent.StepStarted>().Any(started => started.Step.ToString() == "t/third");
        }
    }
}
