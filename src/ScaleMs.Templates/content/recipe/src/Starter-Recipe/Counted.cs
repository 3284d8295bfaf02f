using ScaleMs;

namespace Starter_Recipe;

/// <summary>What <see cref="Count"/> makes.</summary>
/// <param name="List">A line for each of the longest texts: the number of its words, and its file name.</param>
public sealed record Counted(Artifact List);
