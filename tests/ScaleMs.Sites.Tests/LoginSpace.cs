using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Launchers.Ssh;
using ScaleMs.Slurm.Tests;

namespace ScaleMs.Sites.Tests;

/// <summary>Attempts of one test that go through a login node's ssh server to Slurm, whose nodes do not see them here.</summary>
internal sealed class LoginSpace : IDisposable
{
    private readonly SlurmSpace _space;

    private LoginSpace(SlurmSpace space, string login, string configuration)
    {
        _space = space;
        var site = space.Site with { IsShared = false, Scratch = "~/scratch", Slurm = space.Site.Slurm! with { Login = login }, Ssh = new SshProfile { Options = ["-F", configuration] } };
        var shell = new SshShell(login, site.Ssh.Options);
        Launcher = new SlurmLauncher(site, space.Work, new SlurmPorts { Shell = shell, Staging = new AfarStaging(site, shell) });
    }

    internal SlurmLauncher Launcher { get; }

    internal string Root => _space.Root;

    internal static LoginSpace New(string login, string configuration) => new(new SlurmSpace(), login, configuration);

    internal static LoginSpace At(string root, string login, string configuration) => new(SlurmSpace.At(root, "main"), login, configuration);

    /// <summary>The attempt whose commands are one line of shell.</summary>
    internal LaunchRequest Request(string script) => _space.Request("a1", SlurmSpace.Shell(script)) with { Outputs = [new(ArtifactPath.Parse("out"))] };

    /// <summary>As a client of its own process.</summary>
    internal async Task<int> RunAsync(string script) => (await Launcher.RunAsync(Request(script), null, CancellationToken.None)).ExitCode;

    public void Dispose() => _space.Dispose();
}
