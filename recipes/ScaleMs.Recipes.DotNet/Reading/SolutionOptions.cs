namespace ScaleMs.Recipes.DotNet;

/// <summary>What is said of a solution beyond what its files tell.</summary>
public sealed record SolutionOptions
{
    /// <summary>More files that every project is built with, besides those that the tools find by their names.</summary>
    public IReadOnlyList<SourceFile> Shared { get; init; } = [];

    /// <summary>Paths, each as a build file writes it, that are left alone: what they name is said otherwise, or is never taken in these builds.</summary>
    public IReadOnlyList<string> NotFollowed { get; init; } = [];
}
