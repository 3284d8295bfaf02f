using ScaleMs.Core.Model;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Slurm.Tests.Cluster;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>Tools and facts of a cluster whose nodes have others than its login node.</summary>
public sealed class FactsTests(SlurmCluster cluster) : IDisposable
{
    private readonly SlurmSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public void Tools_OfAClusterWhoseNodesAreAsked_AreThoseOfANode()
    {
        var site = Site(slurm => slurm with { AsksNodes = true });
        Assert.Equal("v node", VersionOf(SlurmFacts.Of(site, new LocalShell(), _space.Work)));
        Assert.Equal("v login", VersionOf(SlurmFacts.Of(site with { Slurm = site.Slurm! with { AsksNodes = false } }, new LocalShell(), _space.Work)));
    }

    [Fact]
    public void Nodes_AreAskedOnceForAllRuns()
    {
        Directory.CreateDirectory(_space.Work);
        var site = Site(slurm => slurm with { AsksNodes = true });
        var shell = new CountingShell();
        var first = SlurmFacts.Of(site, shell, _space.Work);
        var told = (VersionOf(first), first.Fact(SiteFact.CLibrary));
        Assert.InRange(shell.Scripts, 1, 2);
        var asked = shell.Scripts;
        var second = SlurmFacts.Of(site, shell, _space.Work);
        Assert.Equal(told, (VersionOf(second), second.Fact(SiteFact.CLibrary)));
        Assert.Equal(asked, shell.Scripts);
        Assert.Empty(Directory.EnumerateFiles(_space.Work));
    }

    [Fact]
    public async Task Node_ThatNobodyGetsInTime_IsAProblemOfEachToolAndTheJobIsCancelled()
    {
        var site = Site(slurm => slurm with { AsksNodes = true, FactsWait = TimeSpan.FromSeconds(3), Options = ["--begin=now+1hour", "--comment=" + _space.Root] });
        var problem = SlurmFacts.Of(site, new LocalShell(), _space.Work).Find(Asked).Problem;
        Assert.Contains("no node answered within 0.05 minutes ('facts-wait'); its job ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(_space.Root, await cluster.AdminAsync("squeue -h -o %k"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "Warn", "the login node, which is asked for them, differs: tool ")]
    [InlineData(true, "Ok", "are asked for on a node, as 'facts: node' says")]
    public async Task Doctor_OfAClusterWhoseNodesDiffer_SaysWhetherNodesAreAsked(bool asksNodes, string state, string message)
    {
        var site = Site(slurm => slurm with { AsksNodes = asksNodes });
        var request = new DoctorRequest(_space.Root) { Submits = true, Tools = ["tool"], JobLimit = TimeSpan.FromMinutes(1) };
        var findings = await Assert.Single(SiteDoctor.ChecksOf(site, request), check => check is JobCheck).RunAsync(CancellationToken.None);
        var told = Assert.Single(findings, finding => finding.Check == "facts");
        Assert.Equal(state, told.State.ToString());
        Assert.StartsWith(message, told.Message, StringComparison.Ordinal);
        Assert.Equal(asksNodes ? "" : "write 'facts: node' below 'slurm', so that nodes are asked", told.Advice);
    }

    private static Core.Model.Tool Asked => new("tool", ["tool"], new ToolVersion.OfLines([], ["v:"]));

    private static string VersionOf(Core.Ports.ISite site)
    {
        var answer = site.Find(Asked);
        Assert.Null(answer.Problem);
        var line = Assert.Single(answer.Fingerprint.Lines);
        return $"{line.Key} {line.Value}";
    }

    /// <summary>All nodes are this machine here: what the path leads to tells where it is asked.</summary>
    private SiteProfile Site(Func<SlurmProfile, SlurmProfile> change)
    {
        cluster.Require();
        foreach (var place in (string[])["login", "node"])
        {
            var folder = Directory.CreateDirectory(Path.Combine(_space.Root, place)).FullName;
            File.WriteAllText(Path.Combine(folder, "tool"), $"#!/bin/sh\necho v: {place}\n");
            File.SetUnixFileMode(Path.Combine(folder, "tool"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return _space.Site with { Slurm = change(_space.Site.Slurm!), Before = [$"if [ -n \"$SLURM_JOB_ID\" ]; then PATH={_space.Root}/node:$PATH; else PATH={_space.Root}/login:$PATH; fi"] };
    }

    private sealed class CountingShell : ISiteShell
    {
        private readonly LocalShell _shell = new();
        private int _scripts;

        public int Scripts => _scripts;

        public string Name => _shell.Name;

        public Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _scripts);
            return _shell.RunAsync(script, input, cancellation);
        }
    }
}
