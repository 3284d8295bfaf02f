namespace ScaleMs.Core.Graph.Documents;

/// <summary>A source file in a graph's document.</summary>
/// <param name="Name">The path under which the step finds it.</param>
/// <param name="Path">Relative to the workspace; the file's name alone where it is outside.</param>
/// <param name="IsOutside">Whether it is declared by an absolute path, which is another on every machine.</param>
public sealed record GraphSource(string Name, string Path, bool IsOutside);
