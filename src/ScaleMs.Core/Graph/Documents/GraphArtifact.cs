namespace ScaleMs.Core.Graph.Documents;

/// <summary>An artifact that passes from one instance to another.</summary>
/// <param name="Output">The output's path at the producer.</param>
/// <param name="Input">The path under which the consumer finds it.</param>
public sealed record GraphArtifact(string Output, string Input);
