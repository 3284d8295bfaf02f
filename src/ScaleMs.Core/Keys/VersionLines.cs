using System.Text.RegularExpressions;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Keys;

/// <summary>Reads a tool's fingerprint out of what it printed, wherever it ran: the same text gives the same fingerprint.</summary>
/// <param name="Fingerprint">The lines that count, those of a prefix together.</param>
/// <param name="Missing">The name of a line that should be there and is not; null when all are.</param>
public sealed partial record VersionLines(ToolFingerprint Fingerprint, string? Missing)
{
    /// <summary>Reads what a tool printed.</summary>
    /// <param name="rule">Which lines count.</param>
    /// <param name="printed">Standard error and output in the order of the writing.</param>
    /// <returns>The fingerprint; an empty one when a line is missing.</returns>
    public static VersionLines Of(ToolVersion.OfLines rule, string printed)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(printed);
        var all = printed.Split('\n').Select(line => line.TrimEnd('\r').TrimStart()).ToList();
        var lines = new List<KeyValuePair<string, string>>();
        foreach (var prefix in rule.LinePrefixes.Concat(rule.OptionalPrefixes))
        {
            lines.AddRange(all.Where(text => text.StartsWith(prefix, StringComparison.Ordinal)).Select((text, index) => Line(prefix, text, index + 1)));
        }

        var missing = rule.LinePrefixes.FirstOrDefault(prefix => !lines.Exists(line => line.Key == NameOf(prefix)));
        return missing is null ? new VersionLines(new ToolFingerprint(lines), null) : new VersionLines(new ToolFingerprint([]), missing);
    }

    /// <summary>What is wrong with a tool that printed no such line.</summary>
    /// <param name="path">The tool.</param>
    /// <param name="rule">Which lines count.</param>
    /// <returns>The end of a sentence that begins with the tool; null when nothing is wrong.</returns>
    public string? Problem(string path, ToolVersion.OfLines rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Missing is null ? null : $"at '{path}' printed no line '{Missing}' for {string.Join(' ', rule.Arguments)}";
    }

    /// <summary>Names are told apart: the first line has the prefix's own.</summary>
    private static KeyValuePair<string, string> Line(string prefix, string line, int number) =>
        KeyValuePair.Create(number == 1 ? NameOf(prefix) : FormattableString.Invariant($"{NameOf(prefix)} {number}"), Blanks().Replace(line[prefix.Length..].Trim(), " "));

    private static string NameOf(string prefix) => prefix.TrimEnd(':', ' ');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
