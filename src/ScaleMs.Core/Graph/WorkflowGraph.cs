using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>The checked graph of a workflow: instances and task ends in an order in which everything comes after what it waits for.</summary>
public sealed class WorkflowGraph
{
    private readonly Dictionary<StepId, GraphNode> _byId;

    private WorkflowGraph(IReadOnlyList<GraphNode> nodes, Dictionary<StepId, GraphNode> byId)
    {
        Nodes = nodes;
        _byId = byId;
    }

    /// <summary>All nodes, in a topological order that is the same for the same definition.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The instances, in the order of the nodes.</summary>
    public IEnumerable<StepInstance> Steps => Nodes.Where(node => node.Step is not null).Select(node => node.Step!);

    /// <summary>Finds an instance's node.</summary>
    /// <param name="id">The instance.</param>
    /// <returns>The node, or null.</returns>
    public GraphNode? Find(StepId id) => _byId.GetValueOrDefault(id);

    /// <summary>Checks a definition and connects it.</summary>
    /// <param name="definition">What was declared.</param>
    /// <returns>The graph, or all faults in a stable order; exactly one of the two.</returns>
    public static (WorkflowGraph? Graph, IReadOnlyList<Fault> Faults) Build(WorkflowDefinition definition)
    {
        var faults = new List<Fault>(definition.Faults);
        faults.AddRange(StepChecks.Of(definition));
        var nodes = Connect(definition, out var byId);
        var order = TopologicalOrder.Of(nodes, out var cycle);
        if (cycle is not null)
        {
            // The ends of tasks have no place of their own.
            var where = cycle.FirstOrDefault(node => node.Step is not null)?.Step!.DeclaredAt ?? default;
            faults.Add(WorkflowFaults.Cycle(Names(cycle), where));
        }

        if (faults.Count > 0)
        {
            return (null, Sorted(faults));
        }

        for (var i = 0; i < order.Count; i++)
        {
            order[i].Index = i;
        }

        return (new WorkflowGraph(order, byId), []);
    }

    /// <summary>Connects what can be connected: a definition with faults may still hold a cycle, which is told with them.</summary>
    private static List<GraphNode> Connect(WorkflowDefinition definition, out Dictionary<StepId, GraphNode> byId)
    {
        var nodes = new List<GraphNode>(definition.Steps.Count + definition.Tasks.Count);
        byId = [];
        foreach (var step in definition.Steps)
        {
            var node = new GraphNode(nodes.Count, step.Id.Task, step, null);
            nodes.Add(node);
            byId.TryAdd(step.Id, node);
        }

        var ends = new Dictionary<string, GraphNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var task in definition.Tasks)
        {
            var node = new GraphNode(nodes.Count, task.Name, null, task);
            nodes.Add(node);
            ends.Add(task.Name, node);
        }

        foreach (var node in nodes)
        {
            ConnectNode(node, byId, ends);
        }

        return nodes;
    }

    private static void ConnectNode(GraphNode node, Dictionary<StepId, GraphNode> byId, Dictionary<string, GraphNode> ends)
    {
        ConnectProducers(node, byId);
        foreach (var dependency in ends[node.Task].TaskEnd!.DependsOn)
        {
            // An instance with a data edge from a task waits for those producers only; without one it waits for the whole task.
            if (ends.TryGetValue(dependency, out var end) && !node.DataEdges.Exists(producer => string.Equals(producer.Task, dependency, StringComparison.OrdinalIgnoreCase)))
            {
                AddOrder(end, node);
            }
        }

        if (node.Step is not null)
        {
            AddOrder(node, ends[node.Task]);
        }
    }

    private static void ConnectProducers(GraphNode node, Dictionary<StepId, GraphNode> byId)
    {
        foreach (var input in node.Step?.Inputs ?? [])
        {
            // A consumer comes after all others that were connected, so it is the last dependent of a producer that it already has.
            if (input.Source is InputSource.StepOutput source && byId.TryGetValue(source.Step, out var producer)
                && (producer.DependentNodes.Count == 0 || producer.DependentNodes[^1] != node))
            {
                node.DataEdges.Add(producer);
                producer.DependentNodes.Add(node);
            }
        }
    }

    private static void AddOrder(GraphNode first, GraphNode second)
    {
        second.OrderEdges.Add(first);
        first.DependentNodes.Add(second);
    }

    /// <summary>A task's end follows its step of the same name: told once. The first name comes again at the end, also alone.</summary>
    private static List<string> Names(IReadOnlyList<GraphNode> cycle)
    {
        var names = cycle.Select(node => node.ToString()).ToList();
        var told = names.Where((name, i) => i == 0 || name != names[i - 1]).ToList();
        return told.Count > 1 ? told : [told[0], told[0]];
    }

    private static List<Fault> Sorted(IEnumerable<Fault> faults) => faults
        .Distinct()
        .OrderBy(fault => fault.Code, StringComparer.Ordinal)
        .ThenBy(fault => fault.What, StringComparer.Ordinal)
        .ToList();
}
