namespace ScaleMs.Core.Graph;

/// <summary>Orders nodes so that each comes after all it waits for; linear in nodes and edges.</summary>
internal static class TopologicalOrder
{
    /// <summary>Orders nodes whose indices are their places in the list, the first one given; edges from and to nodes before that do not count.</summary>
    public static List<GraphNode> Of(IReadOnlyList<GraphNode> nodes, int first, out IReadOnlyList<GraphNode>? cycle)
    {
        var waits = new int[nodes.Count];
        var ready = new Queue<GraphNode>();
        foreach (var node in nodes)
        {
            waits[node.Index - first] = Count(node.DataEdges, first) + Count(node.OrderEdges, first);
            if (waits[node.Index - first] == 0)
            {
                ready.Enqueue(node);
            }
        }

        var order = new List<GraphNode>(nodes.Count);
        while (ready.TryDequeue(out var node))
        {
            order.Add(node);
            for (var i = 0; i < node.DependentNodes.Count; i++)
            {
                var dependent = node.DependentNodes[i];
                if (dependent.Index >= first && --waits[dependent.Index - first] == 0)
                {
                    ready.Enqueue(dependent);
                }
            }
        }

        cycle = order.Count == nodes.Count ? null : FindCycle(nodes.Where(node => waits[node.Index - first] > 0).ToHashSet());
        return order;
    }

    private static int Count(NodeList before, int first)
    {
        var count = 0;
        for (var i = 0; i < before.Count; i++)
        {
            count += before[i].Index >= first ? 1 : 0;
        }

        return count;
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
