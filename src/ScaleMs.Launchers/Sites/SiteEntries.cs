using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using YamlDotNet.RepresentationModel;

namespace ScaleMs.Launchers.Sites;

/// <summary>The sites and profiles of all files, before what extends what is followed.</summary>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class SiteEntries(ICollection<Fault> faults)
{
    private readonly Dictionary<string, SiteEntry> _sites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SiteEntry> _profiles = new(StringComparer.Ordinal);

    /// <summary>Adds a file; names that an earlier file had stay that one's.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="file">How people are told it.</param>
    public void Add(string path, string file)
    {
        try
        {
            var top = new SiteLayer(file, YamlFile.Mapping(File.ReadAllText(path)));
            Add(top, "sites", "site", _sites);
            Add(top, "profiles", "profile", _profiles);
            foreach (var key in top.Node.Children.Keys.Where(key => key is not YamlScalarNode { Value: "sites" or "profiles" }))
            {
                faults.Add(SiteFaults.UnknownKey("the file", key.ToString(), ["sites", "profiles"], top.Where(key)));
            }
        }
        catch (YamlFormatException exception)
        {
            faults.Add(SiteFaults.Unreadable(file, exception.Line, exception.Message));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(SiteFaults.Unreadable(file, 0, $"cannot be read: {exception.Message}"));
        }
    }

    /// <summary>All sites; profiles are read for their faults alone.</summary>
    public IReadOnlyList<SiteProfile> Profiles()
    {
        TellCycles();
        foreach (var profile in _profiles.Values)
        {
            _ = Read(profile);
        }

        return [.. _sites.Values.Select(Read).Select(site => SiteChecks.Whole(site, faults))];
    }

    private void Add(SiteLayer top, string key, string kind, Dictionary<string, SiteEntry> entries)
    {
        foreach (var layer in top.Find(key) is { } setting ? Mapping(setting, key) : [])
        {
            foreach (var (node, value) in layer.Node.Children)
            {
                var where = layer.Where(node);
                var name = node.ToString();
                var mine = Mapping(new SiteSetting(value, where), name);
                if (!SiteWords.IsName(name))
                {
                    faults.Add(SiteFaults.BadName(kind, name, where));
                }
                else if (mine is [var own])
                {
                    entries.TryAdd(name, new SiteEntry(name, where, own));
                }
            }
        }
    }

    /// <summary>A mapping, where nothing at all counts as an empty one.</summary>
    private SiteLayer[] Mapping(SiteSetting setting, string key)
    {
        switch (setting)
        {
            case { Value: YamlMappingNode mapping }:
                return [new SiteLayer(setting.Where.File, mapping)];
            case { Text: "" }:
                return [new SiteLayer(setting.Where.File, [])];
            default:
                faults.Add(SiteFaults.BadForm(key, "a mapping", setting.Where));
                return [];
        }
    }

    private SiteProfile Read(SiteEntry entry) => SiteReader.Read(entry.Name, new SiteValues(Layers(entry, []), string.Empty, faults), entry.Where, faults);

    /// <summary>What an entry extends, the farthest first, and itself.</summary>
    private List<SiteLayer> Layers(SiteEntry entry, IReadOnlyCollection<SiteEntry> above)
    {
        var layers = new List<SiteLayer>();
        foreach (var name in entry.Extended(faults))
        {
            if (!_profiles.TryGetValue(name.Text!, out var profile))
            {
                faults.Add(SiteFaults.UnknownProfile(name.Text!, _profiles.Keys, name.Where));
            }
            else if (profile != entry && !above.Contains(profile))
            {
                layers.AddRange(Layers(profile, [.. above, entry]));
            }
        }

        // What two profiles extend stays below both.
        return [.. layers.Append(entry.Layer).DistinctBy(layer => (object)layer.Node, ReferenceEqualityComparer.Instance)];
    }

    /// <summary>A cycle is told once, from the first of its names.</summary>
    private void TellCycles()
    {
        foreach (var profile in _profiles.Values)
        {
            if (PathTo(profile, profile, []) is { } path && path.Order(StringComparer.Ordinal).First() == profile.Name)
            {
                faults.Add(SiteFaults.Cycle([.. path, profile.Name], profile.Where));
            }
        }
    }

    private List<string>? PathTo(SiteEntry goal, SiteEntry from, List<string> path)
    {
        List<string> here = [.. path, from.Name];
        foreach (var name in from.Extended([]))
        {
            if (_profiles.GetValueOrDefault(name.Text!) is not { } next)
            {
                continue;
            }

            if (next == goal)
            {
                return here;
            }

            if (!here.Contains(next.Name) && PathTo(goal, next, here) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
