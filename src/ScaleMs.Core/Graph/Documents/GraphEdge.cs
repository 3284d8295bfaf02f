using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph.Documents;

/// <summary>What an instance waits for.</summary>
/// <param name="To">The instance that waits.</param>
/// <param name="From">The instance whose outputs it reads; null where a whole task comes first and no data passes.</param>
/// <param name="Task">The task that comes first; that of <paramref name="From"/> where there is one.</param>
/// <param name="Artifacts">What is read; empty where it is order only.</param>
public sealed record GraphEdge(StepId To, StepId? From, string Task, IReadOnlyList<GraphArtifact> Artifacts)
{
    /// <summary>Whether it only orders: it never makes anything stale.</summary>
    public bool IsOrderOnly => From is null;
}
