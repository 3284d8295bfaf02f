using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Slurm.Tests.Cluster;
using ScaleMs.Ssh.Tests;

namespace ScaleMs.Sites.Tests;

/// <summary>A real Slurm behind a real ssh server, both without this machine's files: a laptop and a cluster.</summary>
public sealed class LoginNodeTests(SlurmCluster cluster, SshServers servers)
{
    [Fact]
    public async Task Attempt_ThroughALoginNode_ComesBackByContentAndLeavesNothing()
    {
        using var login = Login();
        using var space = LoginSpace.New(login.Alias, servers.Configuration);
        var request = space.Request("echo told; cat in in > out");
        await File.WriteAllTextAsync(Path.Combine(request.Directory, "in"), "abc");
        var lines = new List<string>();
        var result = await space.Launcher.RunAsync(request, lines.Add, CancellationToken.None);
        Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message));
        Assert.Equal(("abcabc", "told\n"), (await File.ReadAllTextAsync(Path.Combine(request.Directory, "out")), await File.ReadAllTextAsync(request.LogFile)));
        Assert.Equal(["told"], lines);
        Assert.Empty(AttemptsAt(login));
        Assert.False(Directory.Exists(Path.Combine(login.Home, ".cache")), "nodes may not see the home directory of the login node");
    }

    [Fact]
    public async Task Client_KilledWhileItsJobRuns_TheNextOneTakesItThroughTheLoginNode()
    {
        using var login = Login();
        using var space = LoginSpace.New(login.Alias, servers.Configuration);
        var script = $"echo run >> {space.Root}/runs; while [ -d {space.Root} ] && [ ! -e {space.Root}/go ]; do sleep 0.1; done; echo made > out";
        using (var client = Process.Start(EntryPoint.Program, ["--client", space.Root, login.Alias, servers.Configuration, script]))
        {
            await Ssh.Tests.Poll.UntilAsync(() => File.Exists(Path.Combine(space.Root, "runs")));
            client.Kill();
            await client.WaitForExitAsync();
        }

        var request = space.Request(script) with { IsTakenOver = true };
        Assert.True(space.Launcher.CanTakeOver(Path.GetDirectoryName(request.Directory)!));
        var run = space.Launcher.RunAsync(request, null, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(space.Root, "go"), string.Empty);
        var result = await run;
        Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message));
        Assert.Equal(("run\n", "made\n"), (await File.ReadAllTextAsync(Path.Combine(space.Root, "runs")), await File.ReadAllTextAsync(Path.Combine(request.Directory, "out"))));
        Assert.Equal(0, space.Launcher.Commands.Counts.Submissions);
    }

    [Fact]
    public async Task Cancel_ThroughALoginNode_EndsWhatRunsOnTheNode()
    {
        using var login = Login();
        using var space = LoginSpace.New(login.Alias, servers.Configuration);
        using var source = new CancellationTokenSource();
        var pid = Path.Combine(space.Root, "pid");
        var run = space.Launcher.RunAsync(space.Request($"setsid sh -c 'echo $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 600' & wait"), null, source.Token);
        await Ssh.Tests.Poll.UntilAsync(() => File.Exists(pid));
        await source.CancelAsync();
        Assert.Equal(LaunchEnd.Cancelled, (await run).End);
        Assert.Equal(string.Empty, Processes.CommandOf(int.Parse(await File.ReadAllTextAsync(pid), null)));
    }

    [Fact]
    public async Task LoginNode_AwayForAWhile_IsWaitedFor()
    {
        using var login = Login();
        using var space = LoginSpace.New(login.Alias, servers.Configuration);
        var run = space.Launcher.RunAsync(space.Request($"touch {space.Root}/ready; while [ -d {space.Root} ] && [ ! -e {space.Root}/go ]; do sleep 0.1; done; echo made > out"), null, CancellationToken.None);
        await Ssh.Tests.Poll.UntilAsync(() => File.Exists(Path.Combine(space.Root, "ready")));
        login.CutOff();
        await File.WriteAllTextAsync(Path.Combine(space.Root, "go"), string.Empty);
        await Ssh.Tests.Poll.UntilAsync(() => Directory.EnumerateFiles(login.Home, "result.json", SearchOption.AllDirectories).Any());
        Assert.False(run.IsCompleted);
        login.Start();
        var result = await run;
        Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message));
    }

    private static IEnumerable<string> AttemptsAt(SshHostServer login) => Directory.EnumerateFileSystemEntries(Path.Combine(login.Home, "scratch/attempts")).Where(path => Path.GetFileName(path) != ".ended");

    private SshHostServer Login()
    {
        cluster.Require();
        Assert.SkipUnless(SshServers.Lack is null, SshServers.Lack ?? string.Empty);
        return servers.Add($"SLURM_CONF={Environment.GetEnvironmentVariable("SLURM_CONF")}");
    }
}
