using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;

namespace ScaleMs.Core.Planning.Estimates;

/// <summary>Runs a plan in predicted time: the very queue that admits steps in a run decides what starts when.</summary>
/// <param name="graph">The graph.</param>
/// <param name="secondsOf">The predicted time of an instance that runs; null for one that does not.</param>
/// <param name="capacity">What the steps may use at once.</param>
internal sealed class PredictedRun(WorkflowGraph graph, Func<StepId, double?> secondsOf, Resources capacity)
{
    private readonly double[] _chain = CriticalPath.Of(graph, node => secondsOf(node.Step!.Id) ?? 0);
    private readonly int[] _waits = [.. graph.Nodes.Select(node => node.Producers.Count + node.Before.Count)];
    private readonly ReadyQueue _ready = new(capacity);
    private readonly PriorityQueue<Admission, double> _running = new();
    private readonly Stack<GraphNode> _open = new();

    /// <summary>The longest chain of steps that run, in seconds.</summary>
    public double LongestChain => _chain.Max();

    /// <summary>When the last step ends.</summary>
    /// <returns>Seconds after the start.</returns>
    public double WallSeconds()
    {
        foreach (var node in graph.Nodes.Where(node => _waits[node.Index] == 0))
        {
            _open.Push(node);
        }

        var now = 0.0;
        for (Start(now); _running.TryDequeue(out var ended, out var end); Start(now))
        {
            now = end;
            End(ended);
            while (_running.TryPeek(out var other, out var at) && at <= now)
            {
                End(other);
                _running.Dequeue();
            }
        }

        return now;
    }

    private void Start(double now)
    {
        while (_open.TryPop(out var node))
        {
            if (node.Step is { } step && secondsOf(step.Id) is not null)
            {
                _ready.Add(node.Index, step.Resources, _chain[node.Index]);
            }
            else
            {
                Settle(node);
            }
        }

        while (_ready.Take() is { } admission)
        {
            _running.Enqueue(admission, now + secondsOf(graph.Nodes[admission.Item].Step!.Id)!.Value);
        }
    }

    private void End(Admission admission)
    {
        _ready.Return(admission);
        Settle(graph.Nodes[admission.Item]);
    }

    private void Settle(GraphNode node)
    {
        for (var i = 0; i < node.DependentNodes.Count; i++)
        {
            if (--_waits[node.DependentNodes[i].Index] == 0)
            {
                _open.Push(node.DependentNodes[i]);
            }
        }
    }
}
