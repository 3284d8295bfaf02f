using System.Diagnostics;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Slurm.Tests.Cluster;
using Xunit;

[assembly: AssemblyFixture(typeof(SlurmCluster))]

namespace ScaleMs.Slurm.Tests.Cluster;

/// <summary>A real Slurm: munged, slurmctld and a slurmd for each of three nodes, all on this machine, started once for all tests.</summary>
public sealed class SlurmCluster : IAsyncLifetime
{
    private readonly LocalShell _shell = new();
    private readonly List<Daemon> _daemons = [];
    private ClusterFiles? _files;

    /// <summary>Why it is not there; empty when it is.</summary>
    public string Problem { get; private set; } = "it was not started";

    /// <summary>The server that decides.</summary>
    internal Daemon Controller => _daemons.Single(daemon => daemon.Name == "slurmctld");

    internal Daemon Node(string name) => _daemons.Single(daemon => daemon.Name == name);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Problem = Installation.Problem();
        if (Problem.Length == 0)
        {
            Start(_files = new ClusterFiles(Directory.CreateTempSubdirectory("sl-").FullName));
            Problem = await AwaitNodesAsync(_files);
        }
    }

    /// <summary>Skips the test where there is no Slurm.</summary>
    internal void Require() => Assert.SkipUnless(Problem.Length == 0, $"no Slurm: {Problem}");

    /// <summary>Skips the test where the node n3 cannot have the system hold on to what jobs asked for.</summary>
    internal void RequireMemoryLimits() => Assert.SkipUnless(ClusterFiles.IsStrict, "Slurm cannot make control groups with a memory limit here: it needs root and version 1 of their file system, or systemd");

    /// <summary>Runs a command as an administrator would.</summary>
    internal async Task<string> AdminAsync(string script)
    {
        var answer = await _shell.RunAsync(script, null, CancellationToken.None);
        Assert.True(answer.ExitCode == 0, $"{script}: {answer.Errors}");
        return answer.Output.Trim();
    }

    /// <summary>The states of a space's jobs.</summary>
    internal string JobsOf(SlurmSpace space) =>
        AdminAsync($"squeue -h -r -n {Batch.NameOf(SlurmLauncher.WorkspaceOf(space.Work))} -o %T").GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_files is { } files)
        {
            await _shell.RunAsync("scancel -u \"$(id -un)\"; i=0; while [ $i -lt 50 ] && squeue -h | grep -q .; do sleep 0.1; i=$((i + 1)); done", null, CancellationToken.None);
            Enumerable.Reverse(_daemons).ToList().ForEach(daemon => daemon.Dispose());
            Directory.Delete(files.Root, recursive: true);
            await _shell.RunAsync("rmdir /sys/fs/cgroup/memory/slurm_n3 2>/dev/null", null, CancellationToken.None);
        }
    }

    private void Start(ClusterFiles files)
    {
        // For this process and all it starts: Slurm's commands find their cluster by it.
        Environment.SetEnvironmentVariable("SLURM_CONF", files.Configuration);
        var run = Path.Combine(files.Root, "run");
        _daemons.Add(new("munged", Installation.Find("munged")!, "-F", "-f", "--key-file=" + files.Key, "--socket=" + files.Socket, $"--pid-file={run}/munged.pid", $"--seed-file={run}/munged.seed", "--log-file=" + files.Log("munged")));
        _daemons.Add(new("slurmctld", Installation.Find("slurmctld")!, "-D", "-f", files.Configuration));
        _daemons.AddRange(ClusterFiles.Nodes.Select(node => (node, node == "n3" ? files.StrictConfiguration : files.Configuration)).Select(it => new Daemon(it.node, "/usr/bin/env", "SLURM_CONF=" + it.Item2, Installation.Find("slurmd")!, "-D", "-N", it.node, "-f", it.Item2)));
        _daemons[0].Start();
        SpinWait.SpinUntil(() => File.Exists(files.Socket), TimeSpan.FromSeconds(10));
        _daemons.Skip(1).ToList().ForEach(daemon => daemon.Start());
    }

    private async Task<string> AwaitNodesAsync(ClusterFiles files)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = string.Empty;
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
        {
            answer = (await _shell.RunAsync("sinfo -h -N -o '%N %t' 2>&1 | sort -u", null, CancellationToken.None)).Output;
            if (answer.Split('\n').Count(line => line.EndsWith(" idle", StringComparison.Ordinal)) == ClusterFiles.Nodes.Length)
            {
                return string.Empty;
            }

            await Task.Delay(50);
        }

        return $"its nodes did not come up: {answer.Trim()}; see {files.Root}/log";
    }
}
