using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Slurm.Tests.Cluster;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>Servers and clients that die in the middle. They disturb whoever runs at the same time, so they run alone.</summary>
[Collection(nameof(LossTests))]
[CollectionDefinition(nameof(LossTests), DisableParallelization = true)]
public sealed class LossTests(SlurmCluster cluster)
{
    [Fact]
    public async Task Controller_Restarted_LosesNothing()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = space.Request(SlurmSpace.Shell("touch ready; while [ ! -e go ]; do sleep 0.1; done; echo done"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        cluster.Controller.Stop();
        var second = space.RunAsync("echo second");
        cluster.Controller.Start();
        await File.WriteAllTextAsync(Path.Combine(request.Directory, "go"), string.Empty);
        Assert.Equal((LaunchEnd.Exited, 0), ((await run).End, (await run).ExitCode));
        Assert.Equal((LaunchEnd.Exited, 0), ((await second).End, (await second).ExitCode));
    }

    [Fact]
    public async Task Node_ItsDaemonKilledAndRestarted_TheJobGoesOn()
    {
        cluster.Require();
        using var space = new SlurmSpace("frail");
        var request = space.Request(SlurmSpace.Shell("echo run >> ../runs; touch ready; while [ ! -e go ]; do sleep 0.1; done"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        cluster.Node("n3").Kill();
        cluster.Node("n3").Start();
        await File.WriteAllTextAsync(Path.Combine(request.Directory, "go"), string.Empty);
        Assert.Equal((LaunchEnd.Exited, 0), ((await run).End, (await run).ExitCode));
        Assert.Equal("run\n", await File.ReadAllTextAsync(Path.Combine(SlurmSpace.RootOf(request), "runs")));
    }

    [Fact]
    public async Task Node_Down_IsLostAndWhatStillRunsThereIsToldToEnd()
    {
        cluster.Require();
        using var space = new SlurmSpace("frail");
        var request = space.Request(SlurmSpace.Shell("echo $$ > pid; touch ready; sleep 600"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        cluster.Node("n3").Kill();
        await cluster.AdminAsync("scontrol update nodename=n3 state=down reason=test");
        try
        {
            Assert.Equal(LaunchEnd.NodeLost, (await run).End);
            var pid = SlurmSpace.ReadPid(request, "pid");
            await Poll.UntilAsync(() => !Directory.Exists($"/proc/{pid}"));
        }
        finally
        {
            cluster.Node("n3").Start();
            await cluster.AdminAsync("scontrol update nodename=n3 state=resume");
        }
    }

    [Fact]
    public async Task Client_KilledBetweenSbatchAndItsRecord_TheNextOneTakesTheJob()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = await KillClientAsync(space, Submitter.BeforeJobRecorded, "echo run >> ../runs; while [ ! -e go ]; do sleep 0.1; done; echo end");
        Assert.Equal(string.Empty, space.JobOf(request));
        Assert.True(space.Launcher.CanTakeOver(SlurmSpace.RootOf(request)));
        var run = space.RunAsync(request with { IsTakenOver = true });
        await File.WriteAllTextAsync(Path.Combine(request.Directory, "go"), string.Empty);
        Assert.Equal((LaunchEnd.Exited, 0), ((await run).End, (await run).ExitCode));
        Assert.Equal("run\n", await File.ReadAllTextAsync(Path.Combine(SlurmSpace.RootOf(request), "runs")));
        Assert.Equal(["end"], space.Lines);
    }

    [Fact]
    public async Task Client_KilledBeforeSbatch_TheAttemptNeverStarted()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = await KillClientAsync(space, Submitter.BeforeSubmission, "true");
        Assert.Equal(LaunchEnd.NeverStarted, (await space.RunAsync(request with { IsTakenOver = true })).End);
        Assert.False(space.Launcher.CanTakeOver(SlurmSpace.RootOf(request)));
    }

    [Fact]
    public async Task Client_KilledWhileJobsRun_TheNextOneTakesAllWithOneQuery()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var requests = Enumerable.Range(0, 20).Select(i => space.Request(SlurmSpace.Shell($"echo run >> ../runs; exit {i}"))).ToList();
        _ = requests.Select(request => space.RunAsync(request)).ToList();
        await Poll.UntilAsync(() => requests.All(request => space.JobOf(request).Length > 0));
        space.Renew(); // the former launcher finds the same results; whoever takes over does not depend on it
        var results = await Task.WhenAll(requests.Select(request => space.RunAsync(request with { IsTakenOver = true })));
        Assert.Equal(Enumerable.Range(0, 20), results.Select(result => result.ExitCode));
        Assert.All(requests, request => Assert.Equal("run\n", File.ReadAllText(Path.Combine(SlurmSpace.RootOf(request), "runs"))));
        Assert.Equal(0, space.Launcher.Commands.Counts.Submissions);
    }

    /// <summary>Has a client of its own process submit an attempt and die at a given instant.</summary>
    private static async Task<LaunchRequest> KillClientAsync(SlurmSpace space, string at, string script)
    {
        using var client = System.Diagnostics.Process.Start(EntryPoint.Path, ["--client", space.Root, at, script]);
        await Poll.UntilAsync(() => client.HasExited);
        Assert.Equal(137, client.ExitCode);
        return space.Request("a1", SlurmSpace.Shell(script));
    }
}
