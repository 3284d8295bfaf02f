using System.Globalization;
using System.Runtime.CompilerServices;
using ScaleMs.Launchers.Sites;
using YamlDotNet.RepresentationModel;

namespace ScaleMs;

/// <summary>A YAML file of parameters: names with values or lists of values. Apart from the JSON file, so that YamlDotNet is loaded only for a YAML one.</summary>
internal static class YamlConfigFile
{
    /// <summary>Whether a file's name says that it is YAML.</summary>
    public static bool Is(string file) => Path.GetExtension(file).ToUpperInvariant() is ".YAML" or ".YML";

    /// <summary>Reads a file.</summary>
    /// <param name="text">What it holds; nothing at all, or comments alone, is no value.</param>
    /// <param name="file">Its name, for people.</param>
    /// <param name="take">Takes each name with its value, in the order of the file.</param>
    /// <exception cref="FormatException">It is something else; the message is the second half of a sentence.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Read(string text, string file, Action<string, ParameterValue> take)
    {
        foreach (var (name, value) in YamlFile.Mapping(text).Children)
        {
            take(Scalar(name), new ParameterValue(TextOf(value), string.Create(CultureInfo.InvariantCulture, $"file {file}:{name.Start.Line}")));
        }
    }

    private static string TextOf(YamlNode node) => node is YamlSequenceNode list ? string.Join(',', list.Children.Select(Element)) : Scalar(node);

    /// <summary>A comma would make two elements of one.</summary>
    private static string Element(YamlNode node) => Scalar(node) is var text && !text.Contains(',', StringComparison.Ordinal)
        ? text
        : throw new FormatException($"has a list with the element \"{text}\": elements are texts without commas, numbers, true and false");

    private static string Scalar(YamlNode node) => node is YamlScalarNode scalar ? scalar.Value ?? string.Empty
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"has something nested in line {node.Start.Line}, where a value or a list of values may stand"));
}
