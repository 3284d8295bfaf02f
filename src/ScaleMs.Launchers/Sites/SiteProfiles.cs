using ScaleMs.Core.Faults;

namespace ScaleMs.Launchers.Sites;

/// <summary>The sites that steps can run at. <c>local</c> is always one of them.</summary>
public sealed class SiteProfiles
{
    /// <summary>The name of the site that is this machine.</summary>
    public const string LocalName = "local";

    private readonly Dictionary<string, SiteProfile> _sites;

    /// <summary>Makes the sites of some profiles.</summary>
    /// <param name="sites">The profiles, no two of one name.</param>
    public SiteProfiles(IEnumerable<SiteProfile> sites)
    {
        _sites = sites.ToDictionary(site => site.Name, StringComparer.Ordinal);
        _sites.TryAdd(LocalName, new SiteProfile { Name = LocalName, Launcher = LocalName });
    }

    /// <summary>This machine, as no file says anything of it.</summary>
    public static SiteProfiles None { get; } = new([]);

    /// <summary>All of them, sorted by name.</summary>
    public IReadOnlyList<SiteProfile> All => [.. _sites.Values.OrderBy(site => site.Name, StringComparer.Ordinal)];

    /// <summary>This machine.</summary>
    public SiteProfile Local => _sites[LocalName];

    /// <summary>A site by its name.</summary>
    /// <param name="name">The name, as the file spells it.</param>
    /// <returns>The profile; null when there is none of that name.</returns>
    public SiteProfile? Find(string name) => _sites.GetValueOrDefault(name);

    /// <summary>The fault of naming a site that there is not.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <returns>A fault of usage with the nearest name.</returns>
    public Fault Unknown(string name) => SiteFaults.UnknownSite(name, _sites.Keys);
}
