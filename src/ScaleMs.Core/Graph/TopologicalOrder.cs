namespace ScaleMs.Core.Graph;

/// <summary>Orders nodes so that each comes after all it waits for; linear in nodes and edges.</summary>
internal static class TopologicalOrder
{
    public static List<GraphNode> Of(IReadOnlyList<GraphNode> nodes, out IReadOnlyList<GraphNode>? cycle)
    {
        var waits = nodes.ToDictionary(node => node, node => node.DataEdges.Count + node.OrderEdges.Count);
        var ready = new Queue<GraphNode>(nodes.Where(node => waits[node] == 0));
        var order = new List<GraphNode>(nodes.Count);
        while (ready.TryDequeue(out var node))
        {
            order.Add(node);
            foreach (var dependent in node.DependentNodes)
            {
                if (--waits[dependent] == 0)
                {
                    ready.Enqueue(dependent);
                }
            }
        }

        cycle = order.Count == nodes.Count ? null : FindCycle(nodes.Where(node => waits[node] > 0).ToHashSet());
        return order;
    }

    /// <summary>Walks backwards inside the nodes that could not be ordered until one comes up again.</summary>
    private static List<GraphNode> FindCycle(HashSet<GraphNode> stuck)
    {
        var path = new List<GraphNode>();
        var seen = new Dictionary<GraphNode, int>();
        var node = stuck.MinBy(candidate => candidate.Index)!;
        while (seen.TryAdd(node, path.Count))
        {
            path.Add(node);
            node = node.DataEdges.Concat(node.OrderEdges).First(stuck.Contains);
        }

        var cycle = path.Skip(seen[node]).Reverse().ToList();
        cycle.Add(cycle[0]);
        return cycle;
    }
}
