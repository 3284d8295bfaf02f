using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests;

public sealed class CheckpointTests : IDisposable
{
    /// <summary>Counts to five; stops in the middle, as if killed, while <c>STOP</c> says so; goes on from its checkpoint.</summary>
    private const string Counter = "n=$(cat state.cpt 2>/dev/null || echo 0); while [ $n -lt 5 ]; do n=$((n+1)); echo $n >> log.txt; echo $n > state.cpt; if [ $n = 3 ] && [ -e $HERE/stop ]; then touch $HERE/stopped; sleep 60; fi; done; cp log.txt out.txt";

    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    private void Define(StepBuilder steps) => steps.Shell("count", Counter).Environment("HERE", _study.Root).Checkpoint("state.cpt", "log.txt").Output("out.txt", publish: "out.txt");

    [Fact]
    public async Task Step_CancelledAfterACheckpoint_GoesOnFromIt()
    {
        _study.Write("stop", string.Empty);
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() => _study.Run(Define, cancellation: cancellation.Token));
        await Until(() => _study.Exists("stopped"));
        await cancellation.CancelAsync();
        Assert.Equal(Engine.Running.ExitCodes.Interrupted, (await run).ExitCode);

        _study.Delete("stop");
        _study.Run(Define);

        Assert.True(_study.StepOf("t/count").IsContinued);
        Assert.Equal("1\n2\n3\n4\n5\n", _study.Read("out.txt"));
    }

    /// <summary>Its outputs are in the store then, and no record names them: what it can go on from must still be whole.</summary>
    [Fact]
    public void Step_WhoseCheckpointIsAnOutputAndKilledBeforeItsRecord_GoesOnFromIt()
    {
        void Both(StepBuilder steps) => steps.Shell("count", Counter).Environment("HERE", _study.Root).Checkpoint("state.cpt", "log.txt").Output("log.txt").Output("out.txt", publish: "out.txt");
        _study.Ports = ports => ports with { AtPoint = point => _ = point == Core.Ports.CrashPoint.BetweenBlobAndRecord ? throw new InvalidOperationException("killed") : 0 };
        Assert.Throws<InvalidOperationException>(() => _study.Run(Both));
        _study.Ports = ports => ports;
        _study.Run(Both);
        Assert.True(_study.StepOf("t/count").IsContinued);
        Assert.Equal("1\n2\n3\n4\n5\n", _study.Read("out.txt"));
    }

    [Fact]
    public async Task Step_InputChangedAfterACheckpoint_StartsOver()
    {
        _study.Write("stop", string.Empty);
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() => _study.Run(Define, cancellation: cancellation.Token));
        await Until(() => _study.Exists("stopped"));
        await cancellation.CancelAsync();
        await run;

        _study.Delete("stop");
        _study.Run(steps => steps.Shell("count", Counter + "; true").Environment("HERE", _study.Root).Checkpoint("state.cpt", "log.txt").Output("out.txt", publish: "out.txt"));

        Assert.False(_study.StepOf("t/count").IsContinued);
        Assert.Equal(Outcome.Executed, _study.StepOf("t/count").Outcome);
    }

    [Fact]
    public async Task Step_ContinuationFails_StartsOver()
    {
        const string fussy = "if [ -e state.cpt ]; then exit 9; fi; echo 1 > state.cpt; echo 1 > log.txt; if [ -e $HERE/stop ]; then touch $HERE/stopped; sleep 60; fi; cp log.txt out.txt";
        void Fussy(StepBuilder steps) => steps.Shell("count", fussy).Environment("HERE", _study.Root).Checkpoint("state.cpt", "log.txt").Output("out.txt", publish: "out.txt");
        _study.Write("stop", string.Empty);
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() => _study.Run(Fussy, cancellation: cancellation.Token));
        await Until(() => _study.Exists("stopped"));
        await cancellation.CancelAsync();
        await run;

        _study.Delete("stop");
        Assert.Equal(0, _study.Run(Fussy).ExitCode);
        Assert.False(_study.StepOf("t/count").IsContinued);
        Assert.Equal(2, _study.StepOf("t/count").Attempts.Count);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
