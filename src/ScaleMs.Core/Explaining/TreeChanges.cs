using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Core.Explaining;

/// <summary>What a directory holds, in the form in which it is noted beside a key, and how two of them differ.</summary>
public static class TreeChanges
{
    /// <summary>Directories with more entries are told apart by digest only.</summary>
    public const int Most = 64;

    private const int MostTold = 5;
    private const char Tab = '\t';

    /// <summary>Notes a directory: a line each with content and path.</summary>
    /// <param name="listing">What it holds.</param>
    /// <returns>The noted form; null when there are too many entries.</returns>
    public static string? Write(TreeListing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return listing.Entries.Count > Most ? null : string.Join('\n', listing.Entries.Select(entry => $"{entry.Kind} {Short(entry.Content)}{Tab}{entry.Path}"));
    }

    /// <summary>How two noted directories differ, in one phrase.</summary>
    /// <param name="before">The former one; null when it was not noted.</param>
    /// <param name="now">The present one; null when it was not noted.</param>
    /// <param name="name">What the directory is called.</param>
    /// <returns>Null when they do not differ, or one is not known.</returns>
    internal static string? Between(string? before, string? now, string name)
    {
        if (before is null || now is null)
        {
            return null;
        }

        var (old, present) = (Read(before), Read(now));
        var changes = old.Keys.Union(present.Keys, StringComparer.Ordinal)
            .Where(path => old.GetValueOrDefault(path) != present.GetValueOrDefault(path))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{name}/{path} {(!old.ContainsKey(path) ? "is new" : present.ContainsKey(path) ? "changed" : "is gone")}")
            .ToList();
        var rest = changes.Count > MostTold ? $" and {changes.Count - MostTold} more" : string.Empty;
        return changes.Count == 0 ? null : string.Join(", ", changes.Take(MostTold)) + rest;
    }

    private static string Short(string content) => Digest.TryParse(content, out var digest) ? digest.Brief : content;

    private static Dictionary<string, string> Read(string noted) =>
        noted.Split('\n').Select(line => line.Split(Tab, 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
}
