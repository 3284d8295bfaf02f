using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Slurm.Tests.Cluster;
using ScaleMs.Ssh.Tests;
using ScaleMs.Study.Tests;

namespace ScaleMs.Sites.Tests;

/// <summary>The host is killed while the study's production runs elsewhere.</summary>
public sealed class TakeoverTests(LocalStudy local, SlurmCluster cluster, SshServers servers, RabbitNode broker)
{
    private static readonly string[] Arguments = [$"--launcher={StudySite.Name}", "--set", "replicas=2", "--set", "nsteps=1500"];

    private static readonly string[] Production = ["produce/prod.mdrun[replica=0]", "produce/prod.mdrun[replica=1]"];

    [Theory]
    [InlineData("slurm")]
    [InlineData("ssh")]
    [InlineData("ssh, not shared")]
    [InlineData("amqp")]
    public async Task Host_KilledInProduction_FindsItsAttemptsAgainAndRunsNothingTwice(string kind)
    {
        using var farm = kind == "amqp" ? StudySite.Farm(broker) : null;
        using var workspace = StudySite.Fresh(farm?.Sites ?? StudySite.Of(kind, cluster, servers));
        using (var host = workspace.Start("simulate", Arguments))
        {
            await Study.Tests.Poll.UntilAsync(host, "production began", () => Array.Exists(Production, workspace.HasStarted));
            host.Kill();
        }

        var finished = workspace.Finished();
        var second = workspace.Run(Arguments).Ends(0);
        Assert.NotEmpty(finished);
        Assert.Empty(second.Executed.Intersect(finished));
        Assert.All(second.Steps, step => Assert.True(step.GetProperty("attempts").GetInt32() <= 1, step.ToString()));
        Assert.Contains("replica=0", string.Join(' ', second.Executed), StringComparison.Ordinal);
        workspace.Run(Arguments).RanNothing();
        Assert.Equal(local.Workspace.Files("results/prepare"), workspace.Files("results/prepare"));
    }

    /// <summary>Two million steps of production would take a day.</summary>
    [Fact]
    public async Task Host_KilledAndItsStudyChanged_EndsWhatNobodyNeedsAnyMore()
    {
        using var workspace = StudySite.Fresh(StudySite.Of("slurm", cluster, servers));
        string[] endless = [$"--launcher={StudySite.Name}", "--set", "replicas=2", "--set", "nsteps=2000000"];
        using (var host = workspace.Start("simulate", endless))
        {
            await Study.Tests.Poll.UntilAsync(host, "production began", () => Array.Exists(Production, workspace.HasStarted));
            host.Kill();
        }

        var second = workspace.Run($"--launcher={StudySite.Name}", "--set", "replicas=2").Ends(0);
        Assert.Contains("an interrupted run that nobody needs any more", second.Output, StringComparison.Ordinal);
        Assert.Empty(await cluster.AdminAsync("squeue -h -t pending,running"));
    }
}
