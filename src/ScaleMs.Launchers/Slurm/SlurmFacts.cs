using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>What tells of a cluster's tools and facts: its login node, or one of its nodes where the profile says so.</summary>
internal static class SlurmFacts
{
    /// <summary>The folder of a work directory for what nodes answered.</summary>
    private const string Folder = ".facts";

    /// <summary>Once a job has ended, what it answered is read, and a file server may show it late.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(3);

    /// <summary>Tells of a site.</summary>
    /// <param name="site">The site.</param>
    /// <param name="shell">Where the commands of Slurm are.</param>
    /// <param name="workDirectory">The directory that holds all attempts' directories, absolute.</param>
    /// <param name="clock">Tells how old answers are; null for the machine's.</param>
    public static ISite Of(SiteProfile site, ISiteShell shell, string workDirectory, TimeProvider? clock = null)
    {
        if (site.Slurm is not { AsksNodes: true } slurm)
        {
            return new RemoteSite(site, shell);
        }

        var nodes = new RemoteSite(site, new NodeShell(site, shell, Nearest(workDirectory)), slurm.FactsWait + Margin);
        return new RememberedSite(nodes, Path.Combine(workDirectory, Folder, site.Name + ".json"), CircumstancesOf(site, slurm), slurm.FactsAge, clock ?? TimeProvider.System);
    }

    /// <summary>What is loaded, run and set there, and which nodes may be asked.</summary>
    private static string CircumstancesOf(SiteProfile site, SlurmProfile slurm) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', [new SiteScript(site).ToString(), slurm.Login, .. SbatchWords.Places(slurm), .. slurm.Options]))));

    /// <summary>A plan makes no folder.</summary>
    private static string Nearest(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }
}
