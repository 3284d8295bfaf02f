using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Where a cluster's commands are called: here, or on its login node.</summary>
internal static class SlurmShell
{
    internal static ISiteShell Of(SiteProfile site) =>
        site.Slurm?.Login is { Length: > 0 } login ? new SshShell(login, site.Ssh?.Options ?? []) : new LocalShell();
}
