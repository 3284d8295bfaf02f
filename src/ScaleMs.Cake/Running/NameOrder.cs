namespace ScaleMs;

/// <summary>The order in which Cake runs the tasks of several targets: whatever may run next, the first by its name.</summary>
internal static class NameOrder
{
    /// <summary>Orders tasks.</summary>
    /// <param name="tasks">A closure, dependencies before what depends on them.</param>
    public static List<TaskNode> Of(List<TaskNode> tasks)
    {
        var ready = new PriorityQueue<TaskNode, string>(StringComparer.OrdinalIgnoreCase);
        var waiting = tasks.ToDictionary(node => node, node => new Waiting(node.Before.Count));
        tasks.ForEach(node => node.Before.ToList().ForEach(before => waiting[before].Dependents.Add(node)));
        ready.EnqueueRange(tasks.Where(node => node.Before.Count == 0).Select(node => (node, node.Task.Name)));
        var order = new List<TaskNode>(tasks.Count);
        while (ready.TryDequeue(out var node, out _))
        {
            order.Add(node);
            foreach (var dependent in waiting[node].Dependents.Where(dependent => --waiting[dependent].Count == 0))
            {
                ready.Enqueue(dependent, dependent.Task.Name);
            }
        }

        return order;
    }

    /// <summary>What a task waits for, and what waits for it.</summary>
    private sealed class Waiting(int count)
    {
        public int Count { get; set; } = count;

        public List<TaskNode> Dependents { get; } = [];
    }
}
