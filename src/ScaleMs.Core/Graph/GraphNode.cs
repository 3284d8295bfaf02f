using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>A node of the graph: a step instance, a continuation of the definition, or the end of a task.</summary>
public sealed class GraphNode
{
    /// <summary>One of the three.</summary>
    private readonly object? _what;

    internal GraphNode(int index, string task, StepInstance? step, WorkflowTask? end, Continuation? continuation = null)
    {
        Index = index;
        Task = task;
        _what = (object?)step ?? (object?)end ?? continuation;
    }

    /// <summary>The position in <see cref="WorkflowGraph.Nodes"/>.</summary>
    public int Index { get; internal set; }

    /// <summary>The task it belongs to.</summary>
    public string Task { get; }

    /// <summary>The instance; null for another kind of node.</summary>
    public StepInstance? Step => _what as StepInstance;

    /// <summary>The task whose end it is; a plain task's end is the task itself. Null for another kind of node.</summary>
    public WorkflowTask? TaskEnd => _what as WorkflowTask;

    /// <summary>The continuation; null for another kind of node.</summary>
    public Continuation? Continuation => _what as Continuation;

    /// <summary>The nodes whose outputs it reads.</summary>
    public IReadOnlyList<GraphNode> Producers => DataEdges;

    /// <summary>The nodes that must be done before it without any data passing: these never make it stale.</summary>
    public IReadOnlyList<GraphNode> Before => OrderEdges;

    /// <summary>The nodes that wait for it, for either reason.</summary>
    public IReadOnlyList<GraphNode> Dependents => DependentNodes;

    internal NodeList DataEdges { get; private set; } = NodeList.Empty;

    internal NodeList OrderEdges { get; private set; } = NodeList.Empty;

    /// <summary>Nearly always one: the next step, or the end of the task.</summary>
    internal NodeList DependentNodes { get; private set; } = NodeList.Empty;

    /// <summary>It reads an output of another node.</summary>
    internal void AddProducer(GraphNode producer)
    {
        DataEdges = DataEdges.With(producer);
        producer.DependentNodes = producer.DependentNodes.With(this);
    }

    /// <summary>It waits for another node without reading of it.</summary>
    internal void AddBefore(GraphNode before)
    {
        OrderEdges = OrderEdges.With(before);
        before.DependentNodes = before.DependentNodes.With(this);
    }

    /// <summary>Takes it out of the lists of all that it is connected with.</summary>
    internal void Disconnect()
    {
        foreach (var before in DataEdges.Concat(OrderEdges))
        {
            before.DependentNodes = before.DependentNodes.Without(this);
        }

        foreach (var dependent in DependentNodes)
        {
            dependent.OrderEdges = dependent.OrderEdges.Without(this);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Step?.Id.ToString() ?? Continuation?.ToString() ?? Task;
}
