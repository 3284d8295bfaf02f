using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>Tools and fingerprints as they travel.</summary>
internal static class ToolWords
{
    internal static ToolMessage Of(Tool tool) => tool.Version is ToolVersion.OfLines lines
        ? new ToolMessage
        {
            Name = tool.Name,
            Candidates = tool.Candidates,
            VersionArguments = lines.Arguments,
            LinePrefixes = lines.LinePrefixes,
            OptionalPrefixes = lines.OptionalPrefixes,
            Beside = lines.Beside,
        }
        : new ToolMessage { Name = tool.Name, Candidates = tool.Candidates };

    internal static Tool ToTool(ToolMessage message) => new(message.Name, message.Candidates, message.VersionArguments is { } arguments
        ? new ToolVersion.OfLines(arguments, message.LinePrefixes) { Beside = message.Beside, OptionalPrefixes = message.OptionalPrefixes }
        : new ToolVersion.OfBinary());

    internal static IReadOnlyList<string> Lines(ToolFingerprint fingerprint) => [.. fingerprint.Lines.Select(line => line.Key + "\t" + line.Value)];

    internal static ToolFingerprint Fingerprint(IReadOnlyList<string> lines) => new([.. lines.Select(Line)]);

    /// <summary>A fingerprint for people: what its lines say, shortened.</summary>
    internal static string Words(IReadOnlyList<string> lines)
    {
        var words = string.Join(", ", lines.Select(line => line.Replace('\t', ' ')));
        return words.Length > 200 ? words[..200] + "…" : words;
    }

    private static KeyValuePair<string, string> Line(string text)
    {
        var tab = text.IndexOf('\t', StringComparison.Ordinal);
        return tab < 0 ? KeyValuePair.Create(text, string.Empty) : KeyValuePair.Create(text[..tab], text[(tab + 1)..]);
    }
}
