using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;

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
}
