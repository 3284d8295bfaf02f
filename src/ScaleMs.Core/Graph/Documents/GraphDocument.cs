namespace ScaleMs.Core.Graph.Documents;

/// <summary>The graph of a target as a document: what there is and what waits for what, without times, digests and absolute paths.</summary>
/// <remarks>The same definition gives the same document; where results decide which steps follow, the same results too. All lists are in ordinal order.</remarks>
public sealed record GraphDocument
{
    /// <summary>The form's name and version.</summary>
    public const string Form = "scalems.graph/1";

    /// <summary>The target.</summary>
    public required string Target { get; init; }

    /// <summary>The tasks of the target's closure.</summary>
    public required IReadOnlyList<GraphTask> Tasks { get; init; }

    /// <summary>The steps, each with the number of its members.</summary>
    public required IReadOnlyList<GraphStep> Steps { get; init; }

    /// <summary>The step instances.</summary>
    public required IReadOnlyList<GraphInstance> Instances { get; init; }

    /// <summary>What instances wait for, by the instance that waits.</summary>
    public required IReadOnlyList<GraphEdge> Edges { get; init; }

    /// <summary>Where it is unknown which steps follow.</summary>
    public required IReadOnlyList<GraphOpening> Open { get; init; }
}
