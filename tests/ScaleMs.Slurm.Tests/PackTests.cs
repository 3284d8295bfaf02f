using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;
using ScaleMs.Slurm.Tests.Cluster;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>Several short attempts in one job.</summary>
public sealed class PackTests(SlurmCluster cluster)
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Short_Attempts_ShareJobsAndRunSideBySideAsCpusAllow()
    {
        cluster.Require();
        using var space = new SlurmSpace(change: Packed);
        var requests = Enumerable.Range(0, 12).Select(i => Request(space, $"echo $SLURM_JOB_ID > job; touch ../../here.{i}; n=0; while [ $(ls ../.. | grep -c here) -lt 2 ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n + 1)); done; [ $n -lt 100 ] || exit 9; exit {i}".Replace("{i}", $"{i}", StringComparison.Ordinal))).ToList();
        var results = await Task.WhenAll(requests.Select(request => space.RunAsync(request)));
        Assert.All(results, (result, i) => Assert.Equal((LaunchEnd.Exited, i), (result.End, result.ExitCode)));
        Assert.Equal(2, requests.Select(request => File.ReadAllText(Path.Combine(request.Directory, "job"))).Distinct().Count());
        Assert.Equal(1, space.Launcher.Commands.Counts.Submissions);
    }

    [Fact]
    public async Task Cancel_OfOne_LeavesTheOthersOfItsJob()
    {
        cluster.Require();
        using var space = new SlurmSpace(change: Packed);
        using var source = new CancellationTokenSource();
        var (first, last) = (Request(space, "touch ready; sleep 600"), Request(space, "while [ ! -e ../../go ]; do sleep 0.1; done"));
        var (stopped, other) = (space.RunAsync(first, source.Token), space.RunAsync(last));
        await Poll.UntilAsync(() => SlurmSpace.Has(first, "ready"));
        await source.CancelAsync();
        Assert.Equal(LaunchEnd.Cancelled, (await stopped).End);
        await File.WriteAllTextAsync(Path.Combine(space.Work, "go"), string.Empty);
        Assert.Equal((LaunchEnd.Exited, 0), ((await other).End, (await other).ExitCode));
    }

    [Fact]
    public async Task Scancel_OfTheJob_EndsThoseThatRunAndThoseThatWait()
    {
        cluster.Require();
        using var space = new SlurmSpace(change: it => Packed(it) with { PackCpus = 1 });
        var requests = Enumerable.Range(0, 3).Select(_ => Request(space, "touch ../../ready; sleep 600")).ToList();
        var runs = requests.ConvertAll(request => space.RunAsync(request));
        await Poll.UntilAsync(() => File.Exists(Path.Combine(space.Work, "ready")));
        await cluster.AdminAsync($"scancel {space.JobOf(requests[0])}");
        Assert.All(await Task.WhenAll(runs), result => Assert.Equal(LaunchEnd.Cancelled, result.End));
    }

    [Fact]
    public async Task Attempts_WithoutAShortLimit_AreNotPacked()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space(it => it with { Pack = 10 });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => space.RunAsync(space.Request(SlurmSpace.Shell("true")))));
        Assert.Contains("--array=0-3", slurm.Read("sbatch.words.1"), StringComparison.Ordinal);
    }

    private static SlurmProfile Packed(SlurmProfile slurm) => slurm with { Pack = 6, PackCpus = 3 };

    private static LaunchRequest Request(SlurmSpace space, string script) =>
        space.Request(SlurmSpace.Shell(script)) with { TimeLimit = Short, Granted = new Resources(TimeLimit: Short) };
}
