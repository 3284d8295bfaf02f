namespace ScaleMs.Core.Model;

/// <summary>Where a workflow's author wrote something.</summary>
/// <param name="File">The source file, as the compiler recorded it; empty when unknown.</param>
/// <param name="Line">The line, from 1; 0 when unknown.</param>
public readonly record struct SourceLocation(string File, int Line)
{
    /// <summary>What a deterministic build writes for the repository's own path.</summary>
    private const string MappedRoot = "/_/";

    /// <summary>The place where the outermost recipe that holds this one is used; null outside recipes.</summary>
    public string? UsedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(File) ? "(unknown place)"
        : $"{(File.StartsWith(MappedRoot, StringComparison.Ordinal) ? File[MappedRoot.Length..] : File)}:{Line}{(UsedAt is null ? string.Empty : $" (used at {UsedAt})")}";
}
