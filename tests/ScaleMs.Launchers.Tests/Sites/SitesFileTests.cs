using ScaleMs.Launchers.Sites;
using Xunit;

namespace ScaleMs.Launchers.Tests.Sites;

public sealed class SitesFileTests : IDisposable
{
    private const string Whole =
        """
        # what a group shares
        profiles:
          gromacs:
            modules: [gcc/13, gromacs/2024]
            pass: [GMXLIB]
            environment: {GMX_MAXBACKUP: -1}
          big: {limits: {cpus: 64, memory: 192 GiB}, modules: cuda/12}
        sites:
          cluster:
            launcher: slurm
            extends: [gromacs, big]
            shared: false
            scratch: $SCRATCH/scalems
            modules: [gromacs/2024, extra]
            before:
              - ulimit -s unlimited
            environment: {OMP_PROC_BIND: close, GMX_MAXBACKUP: 5}
            limits: {jobs: 500, gpus: 4, time: "2-00:00:00"}
            tokens: {licence: 3, disk: 1}
            slurm: {login: me@login.example, partition: short, account: 7, qos: normal, reservation: course, constraint: "a100&nvlink", options: [--exclusive, -p, x],
                    array: 100, poll: 10s, gather: 0s, pack: 20, pack-cpus: 4, pack-time: 10m, file-delay: 2m, patience: 1h, silence: 10m, silence-limit: 2h, facts: node, facts-wait: 20m, facts-age: 12h}
          lab:
            launcher: ssh
            ssh:
              hosts: [node1, {host: ann@node2, slots: 16}, {host: "ssh://node3:2222"}]
              options: [-F, lab.conf]
              blob-size: 5 GiB
              blob-age: 2d
          farm:
            launcher: amqp
            amqp: {broker: "amqps://broker.example:5671/md", credentials-file: ~/.farm, farm: md, labels: [fast, wide], priority: 7, blobs: "https://broker.example:8443"}
        """;

    private readonly SitesSpace _space = new();

    public void Dispose() => _space.Dispose();

    private SiteProfiles Read(string text)
    {
        var sites = _space.Read(text);
        Assert.Empty(_space.Faults);
        return sites;
    }

    [Fact]
    public void Site_ThatExtendsProfiles_HasTheirValuesAndItsOwnAboveThem()
    {
        var cluster = Read(Whole).Find("cluster")!;
        Assert.Equal(("slurm", false, "$SCRATCH/scalems"), (cluster.Launcher, cluster.IsShared, cluster.Scratch));
        Assert.Equal(["gcc/13", "gromacs/2024", "cuda/12", "extra"], cluster.Modules);
        Assert.Equal(["ulimit -s unlimited"], cluster.Before);
        Assert.Equal(["GMXLIB"], cluster.Pass);
        Assert.Equal(("5", "close"), (cluster.Environment["GMX_MAXBACKUP"], cluster.Environment["OMP_PROC_BIND"]));
        Assert.Equal(new SiteLimits { Jobs = 500, Cpus = 64, MemoryBytes = 192L << 30, Gpus = 4, Time = TimeSpan.FromDays(2) }, cluster.Limits);
        Assert.Equal((2, 3, 1), (cluster.Tokens.Count, cluster.Tokens["licence"], cluster.Tokens["disk"]));
        Assert.Equal("sites.yaml:9", cluster.DeclaredAt.ToString());
    }

    [Fact]
    public void Section_OfSlurm_IsReadWhole()
    {
        var slurm = Read(Whole).Find("cluster")!.Slurm!;
        Assert.Equal(["--exclusive", "-p", "x"], slurm.Options);
        Assert.Equal(
            new SlurmProfile
            {
                Login = "me@login.example", Partition = "short", Account = "7", Qos = "normal", Reservation = "course", Constraint = "a100&nvlink", Options = slurm.Options, MostArray = 100,
                Poll = TimeSpan.FromSeconds(10), Gather = TimeSpan.Zero, Pack = 20, PackTime = TimeSpan.FromMinutes(10), FileDelay = TimeSpan.FromMinutes(2),
                PackCpus = 4, Patience = TimeSpan.FromHours(1), Silence = TimeSpan.FromMinutes(10), SilenceLimit = TimeSpan.FromHours(2),
                AsksNodes = true, FactsWait = TimeSpan.FromMinutes(20), FactsAge = TimeSpan.FromHours(12),
            },
            slurm);
    }

    [Fact]
    public void Keys_AreThereForEveryMemberOfAProfile()
    {
        var sites = Read(Whole);
        var cluster = sites.Find("cluster")!;
        AssertAllDiffer(cluster.Slurm!, new SlurmProfile());
        AssertAllDiffer(cluster.Limits, new SiteLimits());
        AssertAllDiffer(sites.Find("lab")!.Ssh!, new SshProfile());
        AssertAllDiffer(sites.Find("farm")!.Amqp!, new AmqpProfile { Broker = string.Empty });
        AssertAllDiffer(cluster with { Ssh = new SshProfile(), Amqp = new AmqpProfile { Broker = string.Empty } }, new SiteProfile { Name = string.Empty, Launcher = string.Empty });
    }

    private static void AssertAllDiffer<T>(T read, T usual) =>
        Assert.All(typeof(T).GetProperties(), property => Assert.NotEqual(property.GetValue(usual), property.GetValue(read)));

    [Fact]
    public void Sections_OfSshAndAmqp_AreReadWhole()
    {
        var sites = Read(Whole);
        Assert.Equal([new SshHost("node1"), new SshHost("ann@node2", 16), new SshHost("ssh://node3:2222")], sites.Find("lab")!.Ssh!.Hosts);
        Assert.Equal(["-F", "lab.conf"], sites.Find("lab")!.Ssh!.Options);
        var farm = sites.Find("farm")!.Amqp!;
        Assert.Equal(["fast", "wide"], farm.Labels);
        Assert.Equal(
            new AmqpProfile { Broker = "amqps://broker.example:5671/md", CredentialsFile = "~/.farm", Farm = "md", Labels = farm.Labels, Priority = 7, Blobs = "https://broker.example:8443" }, farm);
    }

    [Fact]
    public void Local_IsThereWithoutAFileAndRefinedByOne()
    {
        Assert.Equal("local", SiteProfiles.None.Local.Launcher);
        var local = Read("sites:\n  local:\n    modules: gromacs\n    before: export A=1\n").Local;
        Assert.Equal(("local", "gromacs", "export A=1"), (local.Launcher, Assert.Single(local.Modules), Assert.Single(local.Before)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("sites:\n")]
    [InlineData("sites:\n  local:\n")]
    public void File_WithNothingInIt_IsNoFault(string text) => Assert.Equal(["local"], Read(text).All.Select(site => site.Name));

    [Fact]
    public void Profile_ThatTwoProfilesExtend_StaysBelowBoth()
    {
        var sites = Read(
            """
            profiles:
              base: {launcher: slurm, slurm: {account: base, partition: base, qos: base}}
              left: {extends: base, slurm: {account: left}}
              right: {extends: base, slurm: {partition: right}}
            sites:
              both: {extends: [left, right]}
            """);
        var slurm = sites.Find("both")!.Slurm!;
        Assert.Equal(("left", "right", "base"), (slurm.Account, slurm.Partition, slurm.Qos));
    }

    [Fact]
    public void Host_NamedByProfileAndSite_HasTheSitesSlots()
    {
        var sites = Read("profiles: {lab: {launcher: ssh, ssh: {hosts: [a, b]}}}\nsites: {x: {extends: lab, ssh: {hosts: [{host: a, slots: 4}]}}}");
        Assert.Equal([new SshHost("a", 4), new SshHost("b")], sites.Find("x")!.Ssh!.Hosts);
    }

    [Fact]
    public void Files_OfWorkspaceAndUser_AddUpAndTheWorkspacesNamesCount()
    {
        var mine = _space.Write("profiles: {who: {slurm: {account: mine}}}\nsites: {a: {launcher: local, modules: user}, b: {launcher: local, modules: user}}", "user.yaml");
        var sites = SitesFile.Read([_space.Write("sites: {a: {launcher: slurm, extends: who, modules: workspace}}"), mine], _space.Root, _space.Faults);
        Assert.Empty(_space.Faults);
        Assert.Equal(("workspace", "mine"), (Assert.Single(sites.Find("a")!.Modules), sites.Find("a")!.Slurm!.Account));
        Assert.Equal("user", Assert.Single(sites.Find("b")!.Modules));
    }

    [Theory]
    [InlineData("24:00:00", 24)]
    [InlineData("48:30:00", 48.5)]
    [InlineData("1-12:00:00", 36)]
    [InlineData("1.12:00:00", 36)]
    [InlineData("2d", 48)]
    public void TimeLimit_OfADayAndMore_IsReadAsClustersWriteIt(string text, double hours) =>
        Assert.Equal(hours, Read($"sites: {{local: {{limits: {{time: \"{text}\"}}}}}}").Local.Limits.Time!.Value.TotalHours);

    [Fact]
    public void LocalAndUsersFile_AreLookedForInTheirPlaces()
    {
        _space.Write("sites:\n");
        Assert.Equal(Path.Combine(_space.Root, "sites.yaml"), SitesFile.Of(_space.Root)[0]);
    }
}
