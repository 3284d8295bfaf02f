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
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            var after = 0.0;
            foreach (var dependent in node.DependentNodes)
            {
                after = Math.Max(after, length[dependent.Index]);
            }

            length[i] = after + (node.Step is null ? 0 : expectedSeconds(node));
        }

        return length;
    }
}
