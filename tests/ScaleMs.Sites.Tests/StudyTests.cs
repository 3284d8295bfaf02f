using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Slurm.Tests.Cluster;
using ScaleMs.Ssh.Tests;
using ScaleMs.Study.Tests;

namespace ScaleMs.Sites.Tests;

/// <summary>The GROMACS study in its smoke size, every step of it elsewhere.</summary>
public sealed class StudyTests(LocalStudy local, SlurmCluster cluster, SshServers servers, RabbitNode broker)
{
    [Theory]
    [InlineData("slurm")]
    [InlineData("ssh")]
    [InlineData("ssh, not shared")]
    [InlineData("amqp")]
    public void Study_MadeElsewhere_IsTheSameAndIsUpToDateThereAndHere(string kind)
    {
        using var farm = kind == "amqp" ? StudySite.Farm(broker) : null;
        using var workspace = StudySite.Fresh(farm?.Sites ?? StudySite.Of(kind, cluster, servers));
        var first = workspace.Run($"--launcher={StudySite.Name}").Ends(0);
        Assert.Equal(46, first.Executed.Count);
        Assert.All(first.Steps, step => Assert.Equal(StudySite.Name, step.GetProperty("launcher").GetString()));
        AssertSameResults(workspace);
        workspace.Run($"--launcher={StudySite.Name}").RanNothing();
        workspace.Run().RanNothing();
    }

    /// <summary>What two runs of the same tools make byte by byte; logs, run inputs and checkpoints tell dates and places.</summary>
    private void AssertSameResults(Workspace workspace)
    {
        Assert.Equal(local.Workspace.Files("results"), workspace.Files("results"));
        string[] exact = [".gro", ".xtc", ".edr", ".xvg", ".csv"];
        var compared = workspace.Files("results").Where(file => exact.Contains(Path.GetExtension(file))).ToList();
        Assert.NotEmpty(compared);
        Assert.All(compared, file => workspace.IsTheSame(local.Workspace, file));
    }
}
