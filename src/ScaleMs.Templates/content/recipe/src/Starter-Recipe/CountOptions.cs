using ScaleMs;

namespace Starter_Recipe;

/// <summary>What <see cref="Count"/> is told.</summary>
public sealed record CountOptions
{
    /// <summary>The texts, at least one; their file names differ.</summary>
    public required IReadOnlyList<SourceFile> Texts { get; init; }

    /// <summary>How many texts are listed; at least 1, default 10.</summary>
    public int Longest { get; init; } = 10;

    /// <summary>Where the list is published, relative to the workspace; null (the default): nowhere.</summary>
    public string? PublishTo { get; init; }
}
