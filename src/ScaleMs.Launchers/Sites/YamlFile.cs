using System.Globalization;
using System.Runtime.CompilerServices;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ScaleMs.Launchers.Sites;

/// <summary>A YAML file that is one mapping. What calls it loads YamlDotNet, so it is called only for a file that is there.</summary>
internal static class YamlFile
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="text">What it holds.</param>
    /// <returns>The mapping; an empty one for nothing at all, or comments alone.</returns>
    /// <exception cref="YamlFormatException">It is something else; the message ends a sentence that begins with the file.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static YamlMappingNode Mapping(string text) => Load(text).Select(document => document.RootNode).ToList() switch
    {
        [] or [YamlScalarNode { Value: "" }] => [],
        [YamlMappingNode mapping] => mapping,
        [var other, ..] => throw new YamlFormatException("is no YAML mapping of names to values", LineOf(other)),
    };

    /// <summary>The line in which a node begins, from 1.</summary>
    public static int LineOf(YamlNode node) => (int)node.Start.Line;

    private static IList<YamlDocument> Load(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents;
        }
        catch (YamlException exception)
        {
            throw new YamlFormatException(string.Create(CultureInfo.InvariantCulture, $"is no YAML (line {exception.Start.Line}: {exception.Message})"), (int)exception.Start.Line);
        }
    }
}
