using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>A program that steps need: where to look for it and how its version is told.</summary>
/// <remarks>Where it was found does not enter keys; its fingerprint does.</remarks>
public sealed class ToolSpec
{
    private ToolSpec(string name, IReadOnlyList<string> candidates, ToolVersion version) =>
        Tool = new Tool(name, candidates, version);

    internal Tool Tool { get; }

    /// <summary>A tool known by the bytes of its executable.</summary>
    /// <param name="name">The name that commands use.</param>
    /// <param name="candidates">Paths or names to look for, first match wins; the name itself when none are given.</param>
    /// <returns>The tool.</returns>
    public static ToolSpec Binary(string name, params string[] candidates) =>
        new(name, candidates.Length == 0 ? [name] : candidates, new ToolVersion.OfBinary());

    /// <summary>A tool known by lines that it prints about its version.</summary>
    /// <param name="name">The name that commands use.</param>
    /// <param name="candidates">Paths or names to look for, first match wins; the name itself when empty.</param>
    /// <param name="arguments">The arguments that make it print, such as <c>--version</c>.</param>
    /// <param name="linePrefixes">Prefixes of the lines that count; at least one. Each must be printed, and all lines that begin with it count.</param>
    /// <param name="beside">
    /// Files and directories that the answer depends on, relative to the directory of the executable itself, where links to it lead: a launcher such as <c>dotnet</c>
    /// stays the same while the versions that it chooses from change. The answer is kept while they have the same stat tuples.
    /// </param>
    /// <param name="optional">Prefixes of lines that count where they are printed, such as those of parts that not every build has.</param>
    /// <returns>The tool.</returns>
    public static ToolSpec Versioned(
        string name, IReadOnlyList<string> candidates, IReadOnlyList<string> arguments, IReadOnlyList<string> linePrefixes, IReadOnlyList<string>? beside = null, IReadOnlyList<string>? optional = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(linePrefixes);
        ArgumentOutOfRangeException.ThrowIfZero(linePrefixes.Count);
        return new ToolSpec(name, candidates.Count == 0 ? [name] : candidates, new ToolVersion.OfLines(arguments, linePrefixes) { Beside = beside ?? [], OptionalPrefixes = optional ?? [] });
    }
}
