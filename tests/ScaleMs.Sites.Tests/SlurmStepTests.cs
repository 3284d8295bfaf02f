using System.Security.Cryptography;
using ScaleMs.Core.Events;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Tests;
using ScaleMs.Launchers.Sites;
using ScaleMs.Slurm.Tests.Cluster;
using ScaleMs.Ssh.Tests;

namespace ScaleMs.Sites.Tests;

/// <summary>Steps of a workflow that need much of a real Slurm.</summary>
public sealed class SlurmStepTests(SlurmCluster cluster, SshServers servers) : IDisposable
{
    private const string Keys = "poll: 0.5s, gather: 0.1s";

    /// <summary>One process, so that its end is the command's; its memory is its own, whatever disk is below.</summary>
    private const string Hungry = "dd if=/dev/zero of=/dev/null bs=300000000 count=1 && echo 300000000 > size";

    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Step_ThatTheControlGroupKills_ComesBackWithMoreMemoryUpToTheSitesLimit()
    {
        cluster.Require();
        cluster.RequireMemoryLimits();
        Run($"limits: {{memory: 400 MiB}}\n    slurm: {{partition: frail, {Keys}}}", steps => steps
            .Shell("hungry", Hungry)
            .Resources(memory: "60 MiB").Grows(memory: 3).Output("size", publish: "size"));
        Assert.Equal(0, _study.Last!.ExitCode);
        Assert.Equal("300000000", _study.Read("size").Trim());
        var attempts = _study.StepOf("t/hungry").Attempts;
        Assert.Equal([("OutOfMemory", 60L << 20), ("OutOfMemory", 180L << 20), ("done", 400L << 20)], attempts.Select(attempt => (attempt.Outcome, attempt.GrantedBytes)));
        var told = string.Join('\n', _study.Events.OfType<RunEvent.StepRetrying>().Select(retried => retried.Failure.Message));
        Assert.Matches("(ended one of its processes for want of memory|Slurm ended it).*\n.*(ended one of its processes for want of memory|Slurm ended it)", told);
    }

    [Fact]
    public void Step_ThatTheControlGroupKillsAtTheSitesLimit_FailsAndSaysThatThereIsNoMore()
    {
        cluster.Require();
        cluster.RequireMemoryLimits();
        Run($"limits: {{memory: 100 MiB}}\n    slurm: {{partition: frail, {Keys}}}", steps => steps
            .Shell("hungry", Hungry)
            .Resources(memory: "60 MiB").Grows(memory: 3).Output("size"));
        Assert.Equal(1, _study.Last!.ExitCode);
        Assert.Equal([60L << 20, 100L << 20], _study.StepOf("t/hungry").Attempts.Select(attempt => attempt.GrantedBytes));
        Assert.Contains("its memory may not grow any further", _study.StepOf("t/hungry").Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Step_WithALargeOutput_HasItWholeHere(bool isShared)
    {
        const int length = 160 << 20;
        cluster.Require();
        var site = isShared ? $"slurm: {{partition: main, {Keys}}}" : FromAfar();
        void Declare(StepBuilder steps)
        {
            var made = steps.Shell("make", $"openssl enc -aes-128-ctr -nosalt -pass pass:large -pbkdf2 -in /dev/zero 2> /dev/null | head -c {length} > large").Output("large", publish: "large");
            steps.Shell("read", "sha256sum < large | cut -c 1-64 > digest").Input("large", made.File("large")).Output("digest", publish: "digest");
        }

        Run(site, Declare);
        Assert.Equal((0, "t/make t/read"), (_study.Last!.ExitCode, _study.Ran));
        using var large = File.OpenRead(_study.PathOf("large"));
        Assert.Equal(length, large.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(large)), _study.Read("digest").Trim());
        Run(site, Declare);
        Assert.Empty(_study.Ran);
    }

    private string FromAfar()
    {
        Assert.SkipUnless(SshServers.Lack is null, SshServers.Lack ?? string.Empty);
        var login = servers.Add($"SLURM_CONF={Environment.GetEnvironmentVariable("SLURM_CONF")}");
        return $"shared: false\n    scratch: ~/scratch\n    ssh: {{options: [-F, \"{servers.Configuration}\"]}}\n    slurm: {{login: {login.Alias}, partition: main, {Keys}}}";
    }

    private void Run(string site, Action<StepBuilder> declare)
    {
        _study.Write("sites.yaml", $"sites:\n  {StudySite.Name}:\n    launcher: slurm\n    {site}\n");
        using var places = new SitePlaces(SitesFile.Read([_study.PathOf("sites.yaml")], _study.Root, []), _study.PathOf(".scalems/work"), _ => { });
        _study.Ports = ports => ports with { Places = places.All };
        _study.Run(declare, request => request with { UsualPlace = StudySite.Name });
    }
}
