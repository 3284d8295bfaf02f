using System.Text.Json;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Protocol;

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
    public void Action_OfANewerClient_IsReadByWhoDoesNotKnowAllOfIt()
    {
        var body = System.Text.Encoding.UTF8.GetBytes($$$"""{"protocol":"{{{Wire.Version}}}","id":"1","commands":[{"program":"/bin/true"}],"somethingNew":{"program":"/bin/true"}}""");
        Assert.Equal("/bin/true", Assert.Single(Wire.Action(body).Message!.Commands).Program);
    }
}
