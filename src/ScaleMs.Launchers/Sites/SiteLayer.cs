using ScaleMs.Core.Model;
using YamlDotNet.RepresentationModel;

namespace ScaleMs.Launchers.Sites;

/// <summary>A mapping of a sites file: a site, a profile, or a section of one.</summary>
/// <param name="File">The file, as people are told it.</param>
/// <param name="Node">The mapping.</param>
internal sealed record SiteLayer(string File, YamlMappingNode Node)
{
    /// <summary>A key's node with its value; null where the mapping does not have the key.</summary>
    public SiteSetting? Find(string key)
    {
        var pair = Node.Children.FirstOrDefault(child => child.Key is YamlScalarNode scalar && scalar.Value == key);
        return pair.Value is null ? null : new SiteSetting(pair.Value, Where(pair.Key));
    }

    /// <summary>Where a node stands.</summary>
    public SourceLocation Where(YamlNode node) => new(File, YamlFile.LineOf(node));
}

/// <summary>What a key was given.</summary>
/// <param name="Value">The value.</param>
/// <param name="Where">Where the key stands.</param>
internal sealed record SiteSetting(YamlNode Value, SourceLocation Where)
{
    /// <summary>The text of a plain value; null for a list or a mapping.</summary>
    public string? Text => (Value as YamlScalarNode)?.Value;
}
