using ScaleMs.Core.Model;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>What <c>scalems doctor</c> finds behind real ssh servers, and what a site behind one tells of its tools.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly SshServers _servers;
    private readonly SshSpace _space = new();

    public DoctorTests(SshServers servers)
    {
        Assert.SkipUnless(SshServers.Lack is null, SshServers.Lack ?? string.Empty);
        _servers = servers;
    }

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Doctor_OfHosts_LooksAtEachAndAtTheSharedWorkspace()
    {
        var findings = await ExamineAsync(_servers.Site(isShared: true, 1, _servers.A, _servers.B));
        Assert.All(findings, finding => Assert.True(finding.IsGood, finding.ToString()));
        Assert.Equal([_servers.A.Alias, _servers.B.Alias], findings.Select(finding => finding.Place).Distinct());
        Assert.Equal(2, findings.Count(finding => finding is { Check: "shared", State: FindingState.Ok }));
        Assert.Empty(Directory.GetFileSystemEntries(_space.Root));
    }

    [Fact]
    public async Task Doctor_OfASiteThatIsNotShared_LooksAtScratchAndTar()
    {
        var scratch = Path.Combine(_space.Root, "it's scratch");
        var findings = await ExamineAsync(_servers.Site(isShared: false, 1000, _servers.A) with { Scratch = scratch });
        Assert.Contains(findings, finding => finding is { Check: "scratch", State: FindingState.Ok } && finding.Message.StartsWith(scratch + " is writable, ", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding is { Check: "tar", State: FindingState.Ok });
        Assert.Contains(findings, finding => finding is { Check: "slots", State: FindingState.Warn });
        Assert.DoesNotContain(findings, finding => finding.Check == "shared");
    }

    [Theory]
    [InlineData("$NO_SUCH_VARIABLE/x", "NO_SUCH_VARIABLE: is not set")]
    [InlineData("/proc/no/such", "/proc/no/such' cannot be written")]
    public async Task Doctor_OfAScratchThatCannotBe_SaysWhy(string scratch, string told)
    {
        var findings = await ExamineAsync(_servers.Site(isShared: false, 1, _servers.A) with { Scratch = scratch });
        Assert.Contains(told, Assert.Single(findings, finding => finding is { Check: "scratch", State: FindingState.Fail }).Message, StringComparison.Ordinal);
        Assert.Contains(findings, finding => finding is { Check: "tool", State: FindingState.Ok });
    }

    [Fact]
    public async Task Doctor_OfAHostThatIsNotThere_FailsForThatHostAlone()
    {
        var site = _servers.Site(isShared: true, 1, _servers.A);
        var findings = await ExamineAsync(site with { Ssh = site.Ssh! with { Hosts = [.. site.Ssh.Hosts, new SshHost("no-such-host.invalid")] } });
        Assert.Equal("no-such-host.invalid", Assert.Single(findings, finding => !finding.IsGood).Place);
    }

    [Fact]
    public void RemoteSite_BehindSsh_TellsToolsAndFacts()
    {
        var site = _servers.Site(isShared: true, 1, _servers.A);
        var there = new RemoteSite(site, new SshShell(_servers.A.Alias, site.Ssh!.Options));
        Assert.Equal("/usr/bin/env", there.Find(new Tool("env", ["/usr/bin/env"], new ToolVersion.OfLines(["--version"], ["env (GNU coreutils)"]))).Path);
        Assert.Equal("linux", there.Fact(SiteFact.OperatingSystem));
        Assert.Equal(1, there.RoundTrips);
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(SiteProfile site)
    {
        var found = await Task.WhenAll(SiteDoctor.ChecksOf(site, new DoctorRequest(_space.Root) { Tools = ["sh"] }).Select(check => check.RunAsync(CancellationToken.None)));
        return [.. found.SelectMany(findings => findings)];
    }
}
