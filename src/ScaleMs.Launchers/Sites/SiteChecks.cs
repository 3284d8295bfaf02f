using ScaleMs.Core.Faults;

namespace ScaleMs.Launchers.Sites;

/// <summary>What a site must say for its launcher.</summary>
internal static class SiteChecks
{
    /// <summary>Tells what a site lacks.</summary>
    /// <returns>The site, <c>local</c> with its launcher.</returns>
    public static SiteProfile Whole(SiteProfile site, ICollection<Fault> faults)
    {
        var whole = site is { Name: SiteProfiles.LocalName, Launcher: "" } ? site with { Launcher = SiteProfiles.LocalName } : site;
        if (Missing(whole) is { } fault)
        {
            faults.Add(fault);
        }

        return whole;
    }

    private static Fault? Missing(SiteProfile site) => site switch
    {
        { Launcher: "" } => SiteFaults.NoLauncher(site.Name, Guess(site), site.DeclaredAt),
        { Name: SiteProfiles.LocalName, Launcher: not SiteProfiles.LocalName } => SiteFaults.Incomplete(
            site.Name, $"is this machine, and its launcher cannot be '{site.Launcher}'", site.DeclaredAt, "give the other place another name"),
        { Launcher: "local", IsShared: false } => SiteFaults.Incomplete(site.Name, "is on this machine and not shared", site.DeclaredAt, "leave out 'shared: false'"),
        { Launcher: "slurm", Slurm: null } => SiteFaults.Incomplete(
            site.Name, "has the launcher 'slurm' and no section 'slurm'", site.DeclaredAt, "write 'slurm:' with partition, account or login below it, or 'slurm: {}' where the defaults will do"),
        { Launcher: "ssh", Ssh: null or { Hosts: [] } } => SiteFaults.Incomplete(
            site.Name, "has the launcher 'ssh' and no hosts", site.DeclaredAt, "write 'ssh: {hosts: [{host: node1, slots: 8}]}' with at least one host"),
        { Launcher: "amqp", Amqp: null or { Broker: "" } } => SiteFaults.Incomplete(
            site.Name, "has the launcher 'amqp' and no broker", site.DeclaredAt, "write 'amqp: {broker: \"amqps://broker.example:5671/vhost\"}'"),
        { Launcher: "amqp", IsShared: false, Amqp.Blobs: "" } => SiteFaults.Incomplete(
            site.Name, "is not shared and says no place for blobs", site.DeclaredAt, "write 'blobs:' below 'amqp:' with a directory that all see, or with the address of a blob endpoint"),
        _ => null,
    };

    private static string? Guess(SiteProfile site) => site switch
    {
        { Slurm: not null } => "slurm",
        { Ssh: not null } => "ssh",
        { Amqp: not null } => "amqp",
        _ => null,
    };
}
