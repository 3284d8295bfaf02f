using System.Text.Json;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Calls;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Amqp.Tests;

/// <summary>Function steps at the farm.</summary>
public sealed class FunctionTests(RabbitNode node)
{
    [Fact]
    public async Task Calls_ThatMayShareAProcess_AreMadeByFewAtTheWorker()
    {
        await using var space = FarmSpace.New(node);
        using var drain = new CancellationTokenSource();
        space.StartWorker(space.WorkerOptions(), drain.Token);
        await using var client = space.Client();
        var calls = new Calls();
        var requests = Enumerable.Range(0, 20).Select(i => calls.Of(space.Request(string.Empty), isShared: i > 0)).ToList();
        var results = await Task.WhenAll(requests.Select(request => client.RunAsync(request, null, CancellationToken.None)));
        Assert.All(results, result => Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message)));
        var told = requests.Select(request => JsonSerializer.Deserialize<Calls.Told>(File.ReadAllText(Path.Combine(request.Directory, "result.json")))!).ToList();
        Assert.Equal(1, told[0].Calls);
        Assert.DoesNotContain(told[0].Process, told.Skip(1).Select(one => one.Process));
        var processes = told.Skip(1).Select(one => one.Process).Distinct().ToList();
        Assert.InRange(processes.Count, 1, 2);
        await drain.CancelAsync();
        await space.Workers.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.All(processes, process => Assert.False(Directory.Exists($"/proc/{process}")));
    }

    [Fact]
    public async Task Call_WhoseLogCannotBeOpened_HasNotBegunAndItsProcessGoesOn()
    {
        await using var space = FarmSpace.New(node);
        await using var launcher = new CallLauncher(new LocalLauncher());
        var calls = new Calls();
        List<LaunchRequest> requests = [.. Enumerable.Range(0, 3).Select(_ => calls.Of(space.Request(string.Empty), isShared: true))];
        requests[1] = requests[1] with { LogFile = space.Root };
        List<LaunchResult> results = [];
        foreach (var request in requests)
        {
            results.Add(await launcher.RunAsync(request, null, CancellationToken.None));
        }

        Assert.Equal([LaunchEnd.Exited, LaunchEnd.NotStarted, LaunchEnd.Exited], results.Select(result => result.End));
        Assert.Contains(space.Root, results[1].Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(requests[1].Directory, "result.json")));
        var told = JsonSerializer.Deserialize<Calls.Told>(File.ReadAllText(Path.Combine(requests[2].Directory, "result.json")))!;
        Assert.Equal(2, told.Calls);
    }

    [Fact]
    public async Task Process_ThatDiesAsItBeginsACall_HasMadeIt()
    {
        await using var space = FarmSpace.New(node);
        const string take = "read -r -N 1 byte; while read -r -t 0.05 -N 1 byte; do :; done; echo x >> \"$1\"; "; // an order, without a process of its own
        for (var round = 0; round < 20; round++)
        {
            var made = Path.Combine(space.Root, $"made-{round}");
            await using var launcher = new CallLauncher(new LocalLauncher());
            var worker = new LaunchCommand("/bin/bash", ["-c", $"{take}printf 'begun\\nended 0 0 0 0\\n'; {take}echo begun; exit 3", "bash", made], null, null);
            var first = await launcher.RunAsync(space.Request(string.Empty) with { Worker = worker }, null, CancellationToken.None);
            var second = await launcher.RunAsync(space.Request(string.Empty) with { Worker = worker }, null, CancellationToken.None);
            Assert.Equal((0, 3), (first.ExitCode, second.ExitCode));
            Assert.Equal("x\nx\n", File.ReadAllText(made));
        }
    }

    [Fact]
    public void Action_OfANewerClient_IsReadByWhoDoesNotKnowAllOfIt()
    {
        var body = System.Text.Encoding.UTF8.GetBytes($$$"""{"protocol":"{{{Wire.Version}}}","id":"1","commands":[{"program":"/bin/true"}],"somethingNew":{"program":"/bin/true"}}""");
        Assert.Equal("/bin/true", Assert.Single(Wire.Action(body).Message!.Commands).Program);
    }
}
