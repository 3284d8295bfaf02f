using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Engine.Tests.Admitting;

/// <summary>Cores are for what runs on them: a step whose commands have ended leaves them to the next one while its outputs are taken.</summary>
public sealed class FinishingTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Step_WhoseCommandsHaveEnded_LeavesItsCoreToTheNext()
    {
        using var second = new ManualResetEventSlim();
        var (launched, collected, wasBeside) = (0, 0, false);
        _study.Ports = ports => ports with
        {
            AtPoint = point => wasBeside |= point == CrashPoint.BeforeCollect && Interlocked.Increment(ref collected) == 1 && second.Wait(Hang),
            Launcher = new TellingLauncher(() => _ = Interlocked.Increment(ref launched) == 2 ? Set(second) : 0),
        };

        Assert.Equal(0, _study.Run(steps => Steps(steps, 2), OnOneCore).ExitCode);
        Assert.True(wasBeside);
    }

    [Fact]
    public void Steps_WhoseOutputsAreTaken_AreNoMoreThanThereAreCores()
    {
        using ManualResetEventSlim third = new(), second = new();
        var (launched, collected, hasThird) = (0, 0, false);
        void Reach(string point)
        {
            switch (point != CrashPoint.BeforeCollect ? 0 : Interlocked.Increment(ref collected))
            {
                case 1:
                    second.Wait(Hang);
                    break;
                case 2:
                    // Both are at their outputs now. The wait is for what must not come, so that it fails no good engine.
                    hasThird = third.Wait(TimeSpan.FromSeconds(2));
                    second.Set();
                    break;
            }
        }

        _study.Ports = ports => ports with
        {
            AtPoint = Reach,
            Launcher = new TellingLauncher(() => _ = Interlocked.Increment(ref launched) == 3 ? Set(third) : 0),
        };

        Assert.Equal((0, 4), (_study.Run(steps => Steps(steps, 4), OnOneCore).ExitCode, launched));
        Assert.False(hasThird);
    }

    [Fact]
    public void Step_ThatIsTriedAgain_HoldsAndLeavesItsCoreEachTime()
    {
        void Define(StepBuilder steps)
        {
            steps.Shell("failing", "echo x >> \"$HERE/count\"; test $(wc -l < \"$HERE/count\") -gt 2 && echo done > out.txt").Environment("HERE", _study.Root).Output("out.txt").Retries(3, "10ms");
            Steps(steps, 4);
        }

        Assert.Equal((0, 5), (_study.Run(Define, OnOneCore).ExitCode, _study.Last!.Summary.Counts.Executed));
    }

    private static int Set(ManualResetEventSlim happened)
    {
        happened.Set();
        return 0;
    }

    private static Running.RunRequest OnOneCore(Running.RunRequest request) => request with { Capacity = new Resources(1) };

    private static void Steps(StepBuilder steps, int count)
    {
        for (var i = 0; i < count; i++)
        {
            steps.Shell($"s{i}", $"echo {i} > out.txt").Output("out.txt");
        }
    }

    private sealed class TellingLauncher(Action onLaunch) : ILauncher
    {
        private readonly LocalLauncher _inner = new();

        public string Name => _inner.Name;

        public Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
        {
            // Tools are asked for their versions with launches too.
            if (request.Step.Step.StartsWith('s'))
            {
                onLaunch();
            }

            return _inner.RunAsync(request, onLine, cancellation);
        }

        public int Reap(string workDirectory) => _inner.Reap(workDirectory);
    }
}
