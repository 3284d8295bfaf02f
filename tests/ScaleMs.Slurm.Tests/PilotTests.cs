using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Slurm.Tests.Cluster;

namespace ScaleMs.Slurm.Tests;

/// <summary>Workers of a farm in allocations: a real Slurm, a real broker, the tool as users start it.</summary>
public sealed class PilotTests(SlurmCluster cluster, RabbitNode node) : IClassFixture<RabbitNode>
{
    [Fact]
    public async Task Pilots_OfAFarm_ExecuteItsActionsInTheirAllocationsAndEndWhenIdle()
    {
        await using var space = new PilotSpace(cluster, node);
        var requests = Enumerable.Range(0, 40).Select(_ => space.Request("echo $SLURM_ARRAY_JOB_ID $SLURM_CPUS_ON_NODE $FROM_THE_SITE > out", "out") with { TimeLimit = TimeSpan.FromMinutes(1) }).ToList();
        var runs = requests.Select(space.RunAsync).ToList();
        var array = await space.StartAsync("--count", "2", "--cpus", "2", "--time", "10m", "--idle", "2s");
        Assert.All(await Task.WhenAll(runs), result => Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode)));
        Assert.All(requests, request => Assert.Equal($"{array} 2 yes\n", File.ReadAllText(Path.Combine(request.Directory, "out"))));
        await space.AwaitEndAsync(array);
        Assert.Contains("it had nothing to do for 00:00:02", space.LogOf(array), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(space.Scratch));
    }

    [Fact]
    public async Task Pilot_WhoseWalltimeRunsOut_StoresTheCheckpointAndTheNextOneDoesTheRest()
    {
        await using var space = new PilotSpace(cluster, node);
        var begun = Path.Combine(space.Root, "begun");
        var request = space.Request($"trap 'echo saved > cpt; exit 0' TERM; echo > {begun}; while :; do sleep 0.05; done", "cpt");
        var first = space.RunAsync(request);
        var array = await space.StartAsync("--idle", "60s");
        await Poll.UntilAsync(() => File.Exists(begun));
        var waiting = Enumerable.Range(0, 5).Select(_ => space.RunAsync(space.Request("true"))).ToList();
        await space.AdminAsync($"scancel --signal=USR1 --batch {array}_0");
        Assert.Equal(LaunchEnd.Preempted, (await first).End);
        Assert.Equal("saved\n", await File.ReadAllTextAsync(Path.Combine(request.Directory, "cpt"), TestContext.Current.CancellationToken));
        await space.AwaitEndAsync(array);
        await space.StartAsync("--idle", "60s");
        Assert.All(await Task.WhenAll(waiting), result => Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode)));
    }

    [Fact]
    public async Task Pilot_KilledWithItsNode_TheNextOneExecutesItsActionAgain()
    {
        await using var space = new PilotSpace(cluster, node);
        var begun = Path.Combine(space.Root, "begun");
        var run = space.RunAsync(space.Request($"[ ! -e {begun} ] || exit 0; echo $PPID $$ > {begun}.new; mv {begun}.new {begun}; while :; do sleep 0.05; done"));
        var array = await space.StartAsync("--idle", "60s");
        await Poll.UntilAsync(() => File.Exists(begun));
        await space.AdminAsync($"kill -KILL {await File.ReadAllTextAsync(begun, TestContext.Current.CancellationToken)}");
        await space.AwaitEndAsync(array);
        await space.StartAsync("--idle", "60s");
        var result = await run;
        Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode));
    }

    [Theory]
    [InlineData("--cpus 16", "a pilot asks for 16 cores, and a step gets at most 8")]
    [InlineData("--time 1m", "give it at least 2m")]
    public async Task Order_ThatTheSiteCannotMeet_IsRefusedWithTheReason(string options, string reason)
    {
        await using var space = new PilotSpace(cluster, node);
        var (code, _, errors) = await space.ToolAsync(options.Split(' '));
        Assert.Equal(1, code);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_InTheEnvironment_IsRefusedAndNotRepeated()
    {
        await using var space = new PilotSpace(cluster, node);
        var (code, _, errors) = await space.ToolAsync([], password: "hunter2");
        Assert.Equal(2, code);
        Assert.Contains("credentials-file", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors, StringComparison.Ordinal);
    }
}
