using System.Globalization;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using YamlDotNet.RepresentationModel;

namespace ScaleMs.Launchers.Sites;

/// <summary>The values of a site or of one of its sections: those of the profiles that it extends, and its own, which have the last word. Lists add up.</summary>
/// <param name="layers">From the farthest to the nearest.</param>
/// <param name="path">The section's name and a dot; empty for the site itself.</param>
/// <param name="faults">Takes what is wrong with them; the same of one place is told once by who owns it.</param>
internal sealed class SiteValues(IReadOnlyList<SiteLayer> layers, string path, ICollection<Fault> faults)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Where a key was given last; where the nearest mapping begins when it was not given.</summary>
    public SourceLocation WhereIs(string key) => Last(key)?.Where ?? layers[^1].Where(layers[^1].Node);

    /// <summary>A text without line breaks; empty where it is not given.</summary>
    public string Text(string key) => Read(key, "one line of text", string.Empty, text => text.Any(char.IsControl) ? null : text);

    /// <summary>A text of a form. One of another form is told and kept, so that it is not missed as well.</summary>
    public string Text(string key, string wanted, Func<string, bool> isFit) =>
        Read(key, wanted, Last(key)?.Text ?? string.Empty, text => text.Length == 0 || isFit(text) ? text : null);

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool otherwise) => Read(key, "true or false", otherwise, text => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" => true,
        "FALSE" or "NO" => false,
        _ => (bool?)null,
    });

    /// <summary>A whole number.</summary>
    public int Number(string key, int otherwise, int least, int most = int.MaxValue) => Read(
        key, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least}") + (most < int.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" to {most}") : string.Empty), otherwise,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : (int?)null);

    /// <summary>A size in bytes; 0 where it is not given.</summary>
    public long Size(string key) => Read(key, "a number with a unit, such as 192 GiB", 0L, text => ByteSize.TryParse(text));

    /// <summary>A time; null where it is not given.</summary>
    public TimeSpan? Time(string key, TimeSpan? otherwise, bool mayBeZero = false) => Read(
        key, "a time such as 90s, 30m, 2d, or 12:00:00", otherwise,
        text => SiteWords.IsTime(text) && Duration.TryParse(text) is { } time && (mayBeZero || time > TimeSpan.Zero) ? time : (TimeSpan?)null);

    /// <summary>A list of texts, or one text for a list of one.</summary>
    public IReadOnlyList<string> List(string key, string wanted, Func<string, bool> isFit) =>
        [.. All(key).SelectMany(setting => Elements(setting, key, wanted)).Where(element => IsFit(element, key, wanted, isFit)).Select(element => element.Text!).Distinct(StringComparer.Ordinal)];

    /// <summary>The elements of a list with their places, of whatever form.</summary>
    public IEnumerable<SiteSetting> Elements(string key, string wanted) => All(key).SelectMany(setting => Elements(setting, key, wanted));

    /// <summary>Names and texts.</summary>
    public IReadOnlyDictionary<string, string> Map(string key, string wanted, Func<string, bool> isName) =>
        Map(key, wanted, (name, text) => isName(name) && !text.Contains('\0', StringComparison.Ordinal) ? text : null);

    /// <summary>Names and whole numbers from 1.</summary>
    public IReadOnlyDictionary<string, int> Counts(string key, string wanted) =>
        Map(key, wanted, (name, text) => name.Length > 0 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? (object)count : null)
            .ToDictionary(pair => pair.Key, pair => (int)pair.Value, StringComparer.Ordinal);

    private Dictionary<string, T> Map<T>(string key, string wanted, Func<string, string, T?> read)
    {
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var layer in Sections(key, wanted))
        {
            foreach (var (name, value) in layer.Node.Children)
            {
                if (name is YamlScalarNode { Value: { } known } && value is YamlScalarNode { Value: { } text } && read(known, text) is { } taken)
                {
                    values[known] = taken;
                }
                else
                {
                    faults.Add(SiteFaults.BadForm(path + key, wanted, layer.Where(name)));
                }
            }
        }

        return values;
    }

    /// <summary>A section; null where no layer has it. An empty one counts as one.</summary>
    public SiteValues? Section(string key)
    {
        var sections = Sections(key, "a mapping").ToList();
        return sections.Count == 0 ? null : new SiteValues(sections, key + ".", faults);
    }

    /// <summary>Whether any layer has the key.</summary>
    public bool Has(string key) => Last(key) is not null;

    /// <summary>Tells what stands there and was never asked for: nobody knows it.</summary>
    public void TellUnknown()
    {
        foreach (var layer in layers)
        {
            foreach (var key in layer.Node.Children.Keys.Where(key => key is not YamlScalarNode { Value: { } name } || !_asked.Contains(name)))
            {
                faults.Add(SiteFaults.UnknownKey(path.Length == 0 ? "a site" : $"'{path.TrimEnd('.')}'", key.ToString(), _asked, layer.Where(key)));
            }
        }
    }

    private T Read<T>(string key, string wanted, T otherwise, Func<string, object?> read)
    {
        if (Last(key) is not { } setting)
        {
            return otherwise;
        }

        if (setting.Text is { } text && read(text) is T value)
        {
            return value;
        }

        faults.Add(setting.Text is { } wrong ? SiteFaults.BadValue(path + key, wrong, wanted, setting.Where) : SiteFaults.BadForm(path + key, wanted, setting.Where));
        return otherwise;
    }

    private bool IsFit(SiteSetting element, string key, string wanted, Func<string, bool> isFit)
    {
        if (element.Text is { } text && isFit(text))
        {
            return true;
        }

        faults.Add(element.Text is { } wrong ? SiteFaults.BadValue(path + key, wrong, wanted, element.Where) : SiteFaults.BadForm(path + key, wanted, element.Where));
        return false;
    }

    private List<SiteSetting> Elements(SiteSetting setting, string key, string wanted)
    {
        switch (setting.Value)
        {
            case YamlSequenceNode list:
                return [.. list.Children.Select(child => new SiteSetting(child, setting.Where with { Line = YamlFile.LineOf(child) }))];
            case YamlScalarNode scalar:
                return string.IsNullOrEmpty(scalar.Value) ? [] : [setting];
            default:
                faults.Add(SiteFaults.BadForm(path + key, "a list: " + wanted, setting.Where));
                return [];
        }
    }

    private IEnumerable<SiteLayer> Sections(string key, string wanted)
    {
        _asked.Add(key);
        foreach (var layer in layers)
        {
            if (layer.Find(key) is not { } setting)
            {
                continue;
            }

            if (setting.Value is YamlMappingNode mapping)
            {
                yield return new SiteLayer(layer.File, mapping);
            }
            else if (setting.Text is "")
            {
                yield return new SiteLayer(layer.File, new YamlMappingNode());
            }
            else
            {
                faults.Add(SiteFaults.BadForm(path + key, wanted, setting.Where));
            }
        }
    }

    private List<SiteSetting> All(string key)
    {
        _asked.Add(key);
        return [.. layers.Select(layer => layer.Find(key)).OfType<SiteSetting>()];
    }

    private SiteSetting? Last(string key) => All(key) is [.., var last] ? last : null;
}
