using ScaleMs.Core.Identity;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Comparing;

/// <summary>What went on from a checkpoint is right, but no other result is compared with it.</summary>
public sealed class ContinuedToleranceTests : IDisposable
{
    private const string Script = "if [ ! -e state ]; then echo 1 > state; if [ -e $HERE/stop ]; then touch $HERE/stopped; sleep 60; fi; fi; cat $HERE/value > out.dat";

    private readonly TestStudy _study = new();
    private int _round;

    public void Dispose() => _study.Dispose();

    private void Define(StepBuilder steps)
    {
        var run = steps.Shell("run", Script).Environment("HERE", _study.Root).Parameter("round", _round).Checkpoint("state").Output("out.dat", new ToleranceIdentity(absolute: 0.1));
        steps.Shell("read", "cat in.dat > out.txt").Input("in.dat", run.File("out.dat")).Output("out.txt", publish: "out.txt");
    }

    private void Again(string value)
    {
        _round++;
        _study.Write("value", value + "\n");
        Assert.Equal(0, _study.Run(Define).ExitCode);
    }

    private async Task Interrupted(string value)
    {
        _round++;
        _study.Write("value", value + "\n");
        _study.Write("stop", string.Empty);
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() => _study.Run(Define, cancellation: cancellation.Token));
        for (var i = 0; i < 3000 && !_study.Exists("stopped"); i++)
        {
            await Task.Delay(10);
        }

        await cancellation.CancelAsync();
        await run;
        _study.Delete("stop");
        _study.Delete("stopped");
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.True(_study.StepOf("t/run").IsContinued);
    }

    [Fact]
    public async Task Result_ContinuedFromACheckpoint_StandsForNoOther()
    {
        Again("1.0");
        await Interrupted("1.3");
        Assert.Equal("1.3\n", _study.Read("out.txt"));
        Assert.Contains(_study.Notices, notice => notice.EndsWith("it is not compared with, for it was continued from a checkpoint", StringComparison.Ordinal));
        Again("1.35");
        Assert.Equal("t/read t/run", _study.Ran);
        Assert.Equal("1.35\n", _study.Read("out.txt"));
        Again("1.4");
        Assert.Equal("t/run", _study.Ran);
    }

    [Fact]
    public async Task Result_ContinuedFromACheckpoint_ReturnsToTheFirst()
    {
        Again("1.0");
        await Interrupted("1.3");
        Again("1.05");
        Assert.Equal("t/read", _study.Of(Outcome.Restored));
        Assert.Equal("1.0\n", _study.Read("out.txt"));
    }

    [Fact]
    public async Task Result_ContinuedWithinTolerance_IsSparedToo()
    {
        Again("1.0");
        await Interrupted("1.05");
        Assert.Equal("t/run", _study.Ran);
        Again("1.08");
        Assert.Equal("t/run", _study.Ran);
        Assert.Equal("1.0\n", _study.Read("out.txt"));
    }

    [Fact]
    public async Task Result_FirstOfAllAndContinued_StandsForNoOther()
    {
        await Interrupted("1.0");
        Again("1.05");
        Assert.Equal("t/read t/run", _study.Ran);
        Again("1.1");
        Assert.Equal("t/run", _study.Ran);
        Assert.Equal("1.05\n", _study.Read("out.txt"));
    }
}
