using ScaleMs.Core.Graph;

namespace ScaleMs.Core.Scheduling;

/// <summary>How much work hangs on each node: the longest chain of expected durations from it to the end.</summary>
public static class CriticalPath
{
    /// <summary>Computes the priorities of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="expectedSeconds">The expected duration of a node, in seconds.</param>
    /// <returns>Seconds by the node's index, its own duration included.</returns>
    public static double[] Of(WorkflowGraph graph, Func<GraphNode, double> expectedSeconds)
    {
        var length = new double[graph.Nodes.Count];
        var order = graph.InOrder();
        for (var i = order.Count - 1; i >= 0; i--)
        {
            length[order[i].Index] = LengthOf(order[i], length, expectedSeconds);
        }

        return length;
    }

    /// <summary>Computes the priorities of nodes that were added to a graph. Those of what comes before them stay as they are.</summary>
    /// <param name="added">The new nodes, in order.</param>
    /// <param name="length">Seconds by the node's index, with room for the new ones.</param>
    /// <param name="expectedSeconds">The expected duration of a node, in seconds.</param>
    public static void Extend(IReadOnlyList<GraphNode> added, double[] length, Func<GraphNode, double> expectedSeconds)
    {
        for (var i = added.Count - 1; i >= 0; i--)
        {
            length[added[i].Index] = LengthOf(added[i], length, expectedSeconds);
        }
    }

    private static double LengthOf(GraphNode node, double[] length, Func<GraphNode, double> expectedSeconds)
    {
        var after = 0.0;
        for (var i = 0; i < node.DependentNodes.Count; i++)
        {
            after = Math.Max(after, length[node.DependentNodes[i].Index]);
        }

        return after + (node.Step is null ? 0 : expectedSeconds(node));
    }
}
