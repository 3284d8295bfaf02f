using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Places;
using ScaleMs.Launchers.Sites;

namespace ScaleMs;

/// <summary>Where steps run, as the command line says it: <c>--launcher</c>, <c>--sites</c>, <c>--hosts</c>.</summary>
/// <param name="Launcher">The name of the place of steps that name none.</param>
/// <param name="SitesFile">The file of sites, as it was given; null for the usual ones.</param>
/// <param name="Hosts">Hosts for ssh; empty for none.</param>
internal sealed record PlaceChoice(string Launcher, string? SitesFile, IReadOnlyList<SshHost> Hosts)
{
    /// <summary>The site that <c>--hosts</c> describes.</summary>
    private const string HostsName = "hosts";

    public static PlaceChoice None { get; } = new(Place.Here, null, []);

    /// <summary>Reads the choice; what is wrong with it is added to the faults.</summary>
    public static PlaceChoice Read(ICakeArguments arguments, List<Fault> faults)
    {
        var hosts = SshHosts.Read(arguments.GetArguments("hosts")?.ToList() ?? [], faults);
        return new PlaceChoice(arguments.GetArguments("launcher")?.LastOrDefault() ?? (hosts.Count > 0 ? HostsName : Place.Here), arguments.GetArguments("sites")?.LastOrDefault(), hosts);
    }

    /// <summary>The files that say which sites there are, absolute; some may not exist.</summary>
    /// <param name="workspace">The workspace, absolute.</param>
    public IReadOnlyList<string> Files(string workspace) => SitesFile is { } file ? [Path.GetFullPath(file, workspace)] : ScaleMs.Launchers.Sites.SitesFile.Places(workspace);

    /// <summary>The sites that there are; what is wrong in their files is added to the faults.</summary>
    /// <param name="workspace">The workspace, absolute.</param>
    /// <param name="faults">Takes the faults.</param>
    public SiteProfiles Sites(string workspace, List<Fault> faults)
    {
        var read = SitesFile is { } file ? ScaleMs.Launchers.Sites.SitesFile.Read(Path.GetFullPath(file, workspace), faults) : ScaleMs.Launchers.Sites.SitesFile.ReadAll(workspace, faults);
        return Hosts.Count == 0 ? read : new SiteProfiles(read.All.Where(site => site.Name != HostsName).Append(Given()));
    }

    private SiteProfile Given() => new() { Name = HostsName, Launcher = "ssh", IsShared = false, Ssh = new SshProfile { Hosts = Hosts } };
}
