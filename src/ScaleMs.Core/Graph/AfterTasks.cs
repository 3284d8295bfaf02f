namespace ScaleMs.Core.Graph;

/// <summary>Tells what waits for the end of a task, so that a step which the task gets later is seen not to wait for that in turn.</summary>
/// <remarks>What comes after a task is looked up once, when the task first grows; then each new node is added.</remarks>
internal sealed class AfterTasks
{
    private readonly Dictionary<GraphNode, HashSet<GraphNode>> _after = [];

    /// <summary>The circle that a new node of a task would close; null when it closes none.</summary>
    /// <param name="node">The new node, connected.</param>
    /// <param name="end">The end of its task.</param>
    /// <param name="first">The first index of new nodes.</param>
    public IReadOnlyList<GraphNode>? CycleThrough(GraphNode node, GraphNode end, int first)
    {
        var before = node.DataEdges.Concat(node.OrderEdges).Where(candidate => candidate.Index < first).ToList();
        if (before.Count == 0)
        {
            return null;
        }

        var after = AfterEnd(end, first);
        return before.Find(after.Contains) is { } stuck ? [end, .. Path(end, stuck, after), node, end] : null;
    }

    /// <summary>A new node was taken in.</summary>
    public void Add(GraphNode node)
    {
        foreach (var after in _after.Values)
        {
            if (node.DataEdges.Any(after.Contains) || node.OrderEdges.Any(after.Contains))
            {
                after.Add(node);
            }
        }
    }

    private HashSet<GraphNode> AfterEnd(GraphNode end, int first)
    {
        if (_after.TryGetValue(end, out var after))
        {
            return after;
        }

        _after[end] = after = [end];
        var open = new Queue<GraphNode>(after);
        while (open.TryDequeue(out var node))
        {
            foreach (var dependent in node.DependentNodes.Where(dependent => dependent.Index < first && after.Add(dependent)))
            {
                open.Enqueue(dependent);
            }
        }

        return after;
    }

    /// <summary>A way from the end of the task to a node after it, the end left out.</summary>
    private static List<GraphNode> Path(GraphNode end, GraphNode node, HashSet<GraphNode> after)
    {
        var path = new List<GraphNode>();
        for (var at = node; at != end; at = at.DataEdges.Concat(at.OrderEdges).First(after.Contains))
        {
            path.Insert(0, at);
        }

        return path;
    }
}
