using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Examines a site: the checks of its launcher.</summary>
public static class SiteDoctor
{
    /// <summary>The checks for a site, in the order in which they are told; none for a farm of workers, which only its own doctor knows.</summary>
    /// <param name="site">The site.</param>
    /// <param name="request">What it is examined for.</param>
    /// <returns>Checks that may run beside each other.</returns>
    public static IReadOnlyList<IDoctorCheck> ChecksOf(SiteProfile site, DoctorRequest request)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(request);
        return site switch
        {
            { Launcher: "slurm", Slurm: { } slurm } => Slurm(site, slurm, request),
            { Launcher: "ssh", Ssh: { } ssh } => [.. ssh.Hosts.Select(host => new PlaceCheck(site, new SshShell(host.Destination, ssh.Options), host.Destination, request) { Slots = host.Slots })],
            { Launcher: "amqp" } => [], // told by who knows its broker
            _ => [new PlaceCheck(site, new LocalShell(), string.Empty, request)],
        };
    }

    private static IReadOnlyList<IDoctorCheck> Slurm(SiteProfile site, SlurmProfile slurm, DoctorRequest request)
    {
        var shell = SlurmShell.Of(site);
        return [new PlaceCheck(site, shell, slurm.Login, request), new SlurmCheck(site, slurm, shell), .. request.Submits ? [new JobCheck(site, slurm, shell, request)] : (IDoctorCheck[])[]];
    }
}
