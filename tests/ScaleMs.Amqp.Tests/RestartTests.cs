using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;

namespace ScaleMs.Amqp.Tests;

/// <summary>Alone, because it takes the broker from everybody.</summary>
[CollectionDefinition(nameof(RestartTests), DisableParallelization = true)]
[Collection(nameof(RestartTests))]
public sealed class RestartTests(RabbitNode node)
{
    [Fact]
    public async Task Broker_RestartedInTheMiddle_EverythingComesBack()
    {
        await using var space = FarmSpace.New(node);
        var begun = Path.Combine(space.Root, "begun");
        space.StartWorker(space.WorkerOptions() with { Lease = TimeSpan.FromSeconds(60) });
        await using var client = space.Client();
        var requests = Enumerable.Range(0, 6).Select(i => space.Request($"echo {i} >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done; echo {i} > out", "out")).ToList();
        var running = requests.Select(request => client.RunAsync(request, null, CancellationToken.None)).ToList();
        await Poll.UntilAsync(() => File.Exists(begun) && File.ReadAllLines(begun).Length == 2);
        await node.StopAsync();
        await node.StartAsync();
        File.WriteAllText(begun + ".go", string.Empty);
        Assert.All(await Task.WhenAll(running), result => Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode)));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"{i}\n"), requests.Select(request => File.ReadAllText(Path.Combine(request.Directory, "out"))));
    }

    /// <summary>A worker that must go goes, and what it could not hand over is done by others.</summary>
    [Fact]
    public async Task Worker_WhoseBrokerIsShortOfMemory_DrainsAndLeavesTheRestToOthers()
    {
        await using var space = FarmSpace.New(node);
        using var drain = new CancellationTokenSource();
        var begun = Path.Combine(space.Root, "begun");
        var worker = space.StartWorker(space.WorkerOptions("one"), drain.Token);
        await using var client = space.Client();
        var request = space.Request($"echo x >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done; echo done > out", "out");
        var running = client.RunAsync(request, null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun) && worker.HoldsAll);
        await node.SetShortageAsync(true);
        try
        {
            File.WriteAllText(begun + ".go", string.Empty);
            await Poll.UntilAsync(() => worker.IsAtRest);
            await drain.CancelAsync();
            await space.Workers.WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            await node.SetShortageAsync(false);
        }

        space.StartWorker(space.WorkerOptions("other"));
        var result = await running;
        Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.Equal("done\n", File.ReadAllText(Path.Combine(request.Directory, "out")));
    }

    /// <summary>The broker takes a delivery back that nobody has acknowledged for its <c>consumer_timeout</c>, and closes the channel.</summary>
    [Fact]
    public async Task Action_LongerThanTheBrokerWaitsForAcknowledgements_RunsOnce()
    {
        await using var space = FarmSpace.New(node);
        await node.SetTimeoutAsync(6_000, 500);
        try
        {
            var begun = Path.Combine(space.Root, "begun");
            FarmWorker[] workers = [.. from name in new[] { "one", "other" } select space.StartWorker(space.WorkerOptions(name) with { Lease = TimeSpan.FromSeconds(1) })];
            await using var client = space.Client();
            var request = space.Request($"echo x >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done; echo done > out", "out");
            var running = client.RunAsync(request, null, CancellationToken.None);
            await Poll.UntilAsync(() => workers.Any(worker => worker.Describe().Running is [{ Seconds: > 8 }]));
            File.WriteAllText(begun + ".go", string.Empty);
            Assert.Equal((LaunchEnd.Exited, 0), await running is var result ? (result.End, result.ExitCode) : default);
            Assert.Equal("x\n", File.ReadAllText(begun));
        }
        finally
        {
            await node.SetTimeoutAsync(1_800_000, 60_000);
        }
    }
}
