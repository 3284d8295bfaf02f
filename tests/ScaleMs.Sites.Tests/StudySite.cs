using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Slurm.Tests.Cluster;
using ScaleMs.Ssh.Tests;
using ScaleMs.Study.Tests;

[assembly: AssemblyFixture(typeof(ScaleMs.Sites.Tests.LocalStudy))]
[assembly: AssemblyFixture(typeof(RabbitNode))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ScaleMs.Sites.Tests;

/// <summary>The study made on this machine, to compare with.</summary>
public sealed class LocalStudy : IDisposable
{
    private readonly Lazy<Workspace> _made = new(() =>
    {
        Programs.AreNeeded();
        var workspace = Workspace.Fresh();
        workspace.Run().Ends(0);
        return workspace;
    });

    internal Workspace Workspace => _made.Value;

    public void Dispose()
    {
        if (_made.IsValueCreated)
        {
            _made.Value.Dispose();
        }
    }
}

/// <summary>A <c>sites.yaml</c> for each kind of site that the tests start.</summary>
internal static class StudySite
{
    public const string Name = "elsewhere";

    /// <summary>The text of a <c>sites.yaml</c>; where the kind's server is missing, the test is skipped.</summary>
    public static string Of(string kind, SlurmCluster cluster, SshServers servers) => kind switch
    {
        "slurm" => Slurm(cluster),
        "ssh" => Ssh(servers, isShared: true),
        _ => Ssh(servers, isShared: false),
    };

    /// <summary>A farm; where there is no broker, the test is skipped.</summary>
    public static StudyFarm Farm(RabbitNode broker)
    {
        Assert.SkipUnless(broker.Missing is null, broker.Missing ?? string.Empty);
        return new StudyFarm(broker);
    }

    /// <summary>A workspace with sites.</summary>
    public static Workspace Fresh(string sites)
    {
        Programs.AreNeeded();
        var workspace = Workspace.Fresh();
        workspace.Write("sites.yaml", sites);
        return workspace;
    }

    private static string Slurm(SlurmCluster cluster)
    {
        cluster.Require();
        return $"""
            sites:
              {Name}:
                launcher: slurm
                slurm: {"{"} partition: main, poll: 0.5s, gather: 0.1s {"}"}

            """;
    }

    private static string Ssh(SshServers servers, bool isShared)
    {
        Assert.SkipUnless(SshServers.Lack is null, SshServers.Lack ?? string.Empty);
        return $"""
            sites:
              {Name}:
                launcher: ssh
                shared: {(isShared ? "true" : "false")}
                ssh:
                  hosts: [{"{"} host: {servers.A.Alias}, slots: 1 {"}"}, {"{"} host: {servers.B.Alias}, slots: 1 {"}"}]
                  options: ["-F", "{servers.Configuration}"]

            """;
    }
}
