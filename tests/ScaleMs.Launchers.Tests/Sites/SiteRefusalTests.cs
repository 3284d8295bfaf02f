using ScaleMs.Core.Model;
using ScaleMs.Launchers.Sites;
using Xunit;

namespace ScaleMs.Launchers.Tests.Sites;

public sealed class SiteRefusalTests
{
    private static readonly SiteProfile Site = new()
    {
        Name = "cluster",
        Launcher = "slurm",
        DeclaredAt = new SourceLocation("sites.yaml", 3),
        Limits = new SiteLimits { Cpus = 32, MemoryBytes = 64L << 30, Gpus = 0, Time = TimeSpan.FromDays(1) },
    };

    [Fact]
    public void Request_BeyondEveryLimit_IsRefusedWithEachReason() => Assert.Equal(
        [
            "asks for 64 cores, and a step gets at most 32 at site 'cluster' (sites.yaml:3)",
            "asks for 96.5 GiB of memory, and a step gets at most 64 GiB at site 'cluster' (sites.yaml:3)",
            "asks for 1 graphics processor, and a step gets none at site 'cluster' (sites.yaml:3)",
            "has a time limit of 1.12:00:00, and a step gets at most 1.00:00:00 at site 'cluster' (sites.yaml:3)",
        ],
        SiteRefusals.Of(new Resources(64, 193L << 29, 1, TimeSpan.FromHours(36)), Site));

    [Fact]
    public void Request_AtTheLimits_IsNotRefused() => Assert.Empty(SiteRefusals.Of(new Resources(32, 64L << 30, 0, TimeSpan.FromDays(1)), Site));

    [Fact]
    public void Request_WithoutATimeLimit_IsNotRefused() => Assert.Empty(SiteRefusals.Of(new Resources(1), Site));

    [Fact]
    public void Site_WithoutLimits_RefusesNothing() => Assert.Empty(SiteRefusals.Of(new Resources(9999, 1L << 50, 99, TimeSpan.FromDays(99)), new SiteProfile { Name = "a", Launcher = "slurm" }));

    [Fact]
    public void Request_WiderThanAnyHost_IsRefused()
    {
        var lab = new SiteProfile { Name = "lab", Launcher = "ssh", Ssh = new SshProfile { Hosts = [new SshHost("a", 4), new SshHost("b", 16)] } };
        Assert.Equal("asks for 17 cores, and no host has more than 16 slots at site 'lab'", Assert.Single(SiteRefusals.Of(new Resources(17), lab)));
        Assert.Empty(SiteRefusals.Of(new Resources(16), lab));
    }
}
