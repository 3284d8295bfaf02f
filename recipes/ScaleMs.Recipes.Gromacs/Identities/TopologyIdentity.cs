using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>The identity of a topology (<c>.top</c>, <c>.itp</c>): every line but those that only hold a <c>;</c> comment.</summary>
/// <remarks>
/// pdb2gmx writes date, host, user, working directory and command line into such lines, and nothing else that changes from run to run.
/// A comment behind values stays, as it is written from the same input. Thread-safe.
/// </remarks>
public sealed class TopologyIdentity : ContentIdentity
{
    private readonly LineIdentity _lines = new("gromacs.topology", 1, Keep);

    // The shell form holds for lines that begin with ASCII blanks, as all that pdb2gmx and people write.
    private TopologyIdentity() => ShellFilter = @"awk '{ sub(/\r+$/, """") } !/^[ \t\v\f\r]*;/'";

    /// <summary>The identity; it has no options.</summary>
    public static TopologyIdentity Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => _lines.Name;

    /// <inheritdoc/>
    public override int Version => _lines.Version;

    /// <inheritdoc/>
    public override IContentDigester Start() => _lines.Start();

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>>? Fields(string text) => _lines.Fields(text);

    private static string? Keep(string line) => line.AsSpan().TrimStart().StartsWith(";") ? null : line;
}
