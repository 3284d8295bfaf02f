using ScaleMs.Core.Faults;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs;

/// <summary>Makes the launcher of a site, and what tells of its tools.</summary>
internal static class SiteLaunchers
{
    /// <param name="site">The site; which launcher it names was checked when its file was read.</param>
    /// <param name="workDirectory">The directory that holds all attempts' directories, absolute.</param>
    /// <param name="tell">Takes what goes wrong there and mends itself.</param>
    public static (ILauncher Launcher, ISite Site) Of(SiteProfile site, string workDirectory, Action<string> tell) => site.Launcher switch
    {
        "slurm" => OfSlurm(site, workDirectory, tell),
        "ssh" => OfSsh(site, tell),
        "amqp" => FarmOf(site, tell),
        _ => throw new InvalidOperationException($"The site '{site.Name}' has the launcher '{site.Launcher}', which is not known."),
    };

    private static (ILauncher Launcher, ISite Site) OfSlurm(SiteProfile site, string workDirectory, Action<string> tell)
    {
        var shell = SlurmShell.Of(site);
        var staging = !site.IsShared && shell is IStreamShell streams ? new AfarStaging(site, streams) : null;
        return (new SlurmLauncher(site, workDirectory, new SlurmPorts { Shell = shell, Staging = staging, Tell = tell }), SlurmFacts.Of(site, shell, workDirectory));
    }

    /// <summary>The hosts are taken to be alike; the first one that answers is asked.</summary>
    private static (ILauncher Launcher, ISite Site) OfSsh(SiteProfile site, Action<string> tell) =>
        (new SshLauncher(site, tell), new RemoteSite(site, new AnyShell([.. site.Ssh!.Hosts.Select(host => new SshShell(host.Destination, site.Ssh.Options))])));

    /// <summary>In a method of its own, so that the broker's client is loaded only here.</summary>
    private static (ILauncher Launcher, ISite Site) FarmOf(SiteProfile site, Action<string> tell)
    {
        try
        {
            var launcher = AmqpLauncher.Of(site, System.Environment.GetEnvironmentVariable, tell);
            return (launcher, launcher.Site);
        }
        catch (Exception exception) when (exception is BrokerException or ArgumentException)
        {
            throw new FaultException(UsageFaults.UnusableSite(site.Name, exception.Message, site.DeclaredAt));
        }
    }
}
