using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Calls;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>Calls of a function in processes that they share, beside calls with a process each: here and at a farm of one worker, both with two slots.</summary>
internal static class FunctionBench
{
    private const int Slots = 2;
    private const int Rounds = 3;

    internal static async Task<int> RunAsync(int count)
    {
        await using var node = new RabbitNode();
        await node.InitializeAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (here, hereEach) = (await HereAsync(node, count, isShared: true), await HereAsync(node, count / 10, isShared: false));
            var (farm, farmEach) = (await FarmAsync(node, count, isShared: true), await FarmAsync(node, count / 10, isShared: false));
            Console.WriteLine(FormattableString.Invariant($"here {here}; a process each {hereEach}; ratio {here.Rate / hereEach.Rate:0.0}"));
            Console.WriteLine(FormattableString.Invariant($"farm {farm}; a process each {farmEach}; ratio {farm.Rate / farmEach.Rate:0.0}"));
        }

        return 0;
    }

    private static async Task<Figures> FarmAsync(RabbitNode node, int count, bool isShared)
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions() with { Slots = Slots, Ahead = 4, Lease = TimeSpan.FromSeconds(30), HoldAfter = TimeSpan.FromSeconds(3) });
        await using var client = space.Client();
        return await RateAsync(space, client, count, isShared);
    }

    private static async Task<Figures> HereAsync(RabbitNode node, int count, bool isShared)
    {
        await using var space = FarmSpace.New(node);
        await using var launcher = new CallLauncher(new LocalLauncher());
        using var limited = new Limited(launcher);
        return await RateAsync(space, limited, count, isShared);
    }

    /// <summary>The programs are there and the processes are started before the time counts.</summary>
    private static async Task<Figures> RateAsync(FarmSpace space, ILauncher launcher, int count, bool isShared)
    {
        var calls = new Calls();
        await LaunchAsync(launcher, [.. Enumerable.Range(0, 50).Select(_ => calls.Of(space.Request(string.Empty), isShared))]);
        List<LaunchRequest> requests = [.. Enumerable.Range(0, count).Select(_ => calls.Of(space.Request(string.Empty), isShared))];
        var start = Stopwatch.GetTimestamp();
        var before = Environment.CpuUsage.TotalTime;
        var ofCalls = await LaunchAsync(launcher, requests);
        return new Figures(count / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / count, ofCalls.TotalMilliseconds / count);
    }

    private static async Task<TimeSpan> LaunchAsync(ILauncher launcher, List<LaunchRequest> requests)
    {
        var results = await Task.WhenAll(requests.Select(request => launcher.RunAsync(request, null, CancellationToken.None)));
        Assert.All(results, result => Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message)));
        return results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Cpu);
    }

    /// <summary>What was measured; the broker's processor time is not in it.</summary>
    private sealed record Figures(double Rate, double OursMilliseconds, double CallMilliseconds)
    {
        public override string ToString() => FormattableString.Invariant($"{Rate:0}/s, {OursMilliseconds:0.00} ms of processor time in client and worker and {CallMilliseconds:0.00} ms in the call");
    }

    private sealed class Limited(ILauncher inner) : ILauncher, IDisposable
    {
        private readonly SemaphoreSlim _slots = new(Slots);

        public string Name => inner.Name;

        public void Dispose() => _slots.Dispose();

        public int Reap(string workDirectory) => 0;

        public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
        {
            await _slots.WaitAsync(cancellation);
            try
            {
                return await inner.RunAsync(request, onLine, cancellation);
            }
            finally
            {
                _slots.Release();
            }
        }
    }
}
