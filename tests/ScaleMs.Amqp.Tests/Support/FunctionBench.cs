using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
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
        var worker = space.StartProcess("--bench-worker", space.Farm, space.Root, $"{space.Port}");
        await using var client = space.Client();
        return await RateAsync(space, client, count, isShared, () => new Spent(Environment.CpuUsage.TotalTime, TimeOf(worker), node.ProcessorTime));
    }

    private static async Task<Figures> HereAsync(RabbitNode node, int count, bool isShared)
    {
        await using var space = FarmSpace.New(node);
        await using var launcher = new CallLauncher(new LocalLauncher());
        using var limited = new Limited(launcher);
        return await RateAsync(space, limited, count, isShared, () => new Spent(Environment.CpuUsage.TotalTime, TimeSpan.Zero, TimeSpan.Zero));
    }

    /// <summary>A worker as a process of its own, as it is in life: its processor time is told apart.</summary>
    internal static async Task<int> ServeAsync(FarmSpace space)
    {
        var worker = new FarmWorker(space.WorkerOptions() with { Slots = Slots, Ahead = 4, Lease = TimeSpan.FromSeconds(30), HoldAfter = TimeSpan.FromSeconds(3) });
        await worker.RunAsync(CancellationToken.None, CancellationToken.None);
        return 0;
    }

    /// <summary>The programs are there and the processes are started before the time counts.</summary>
    private static async Task<Figures> RateAsync(FarmSpace space, ILauncher launcher, int count, bool isShared, Func<Spent> spent)
    {
        var calls = new Calls();
        await LaunchAsync(launcher, [.. Enumerable.Range(0, 50).Select(_ => calls.Of(space.Request(string.Empty), isShared))]);
        List<LaunchRequest> requests = [.. Enumerable.Range(0, count).Select(_ => calls.Of(space.Request(string.Empty), isShared))];
        var start = Stopwatch.GetTimestamp();
        var before = spent();
        var ofCalls = await LaunchAsync(launcher, requests);
        var rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Figures(rate, (spent() - before) / count, ofCalls / count);
    }

    private static TimeSpan TimeOf(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static async Task<TimeSpan> LaunchAsync(ILauncher launcher, List<LaunchRequest> requests)
    {
        var results = await Task.WhenAll(requests.Select(request => launcher.RunAsync(request, null, CancellationToken.None)));
        Assert.All(results, result => Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message)));
        return results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Cpu);
    }

    /// <summary>Processor time by now.</summary>
    private sealed record Spent(TimeSpan Client, TimeSpan Worker, TimeSpan Broker)
    {
        public static Spent operator -(Spent now, Spent before) => new(now.Client - before.Client, now.Worker - before.Worker, now.Broker - before.Broker);

        public static Spent operator /(Spent all, int count) => new(all.Client / count, all.Worker / count, all.Broker / count);
    }

    /// <summary>What was measured, for one step.</summary>
    private sealed record Figures(double Rate, Spent Spent, TimeSpan Call)
    {
        public override string ToString() => FormattableString.Invariant(
            $"{Rate:0}/s, ms of processor time: client {Spent.Client.TotalMilliseconds:0.00}, worker {Spent.Worker.TotalMilliseconds:0.00}, broker {Spent.Broker.TotalMilliseconds:0.00}, call {Call.TotalMilliseconds:0.00}");
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
