using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>The checked graph of a workflow: instances, continuations and task ends in an order in which everything comes after what it waits for.</summary>
/// <remarks>It grows where a continuation goes on; then only the ends of tasks may stand before what they wait for.</remarks>
public sealed class WorkflowGraph
{
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<StepId, GraphNode> _byId = [];
    private readonly Dictionary<string, GraphNode> _ends = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Continuation, GraphNode> _continuations = [];
    private readonly StepChecks _checks = new();
    private AfterTasks? _afterTasks;
    private IReadOnlyDictionary<StepId, IReadOnlyList<string>>? _settled;

    private WorkflowGraph()
    {
    }

    /// <summary>All nodes, each at its index; producers before consumers. The order is the same for the same definition.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>The instances, in the order of the nodes.</summary>
    public IEnumerable<StepInstance> Steps => _nodes.Where(node => node.Step is not null).Select(node => node.Step!);

    /// <summary>Whether some tasks are plain ones, which may change any file.</summary>
    public bool HasPlainTasks { get; private set; }

    /// <summary>The nodes of continuations, expanded or not.</summary>
    public IEnumerable<GraphNode> Continuations => _continuations.Values;

    /// <summary>Finds an instance's node.</summary>
    /// <param name="id">The instance.</param>
    /// <returns>The node, or null.</returns>
    public GraphNode? Find(StepId id) => _byId.GetValueOrDefault(id);

    /// <summary>Finds a continuation's node.</summary>
    /// <param name="continuation">The continuation.</param>
    /// <returns>The node, or null.</returns>
    public GraphNode? Find(Continuation continuation) => _continuations.GetValueOrDefault(continuation);

    /// <summary>Whether an instance is known to be up to date, and only its outputs are here.</summary>
    /// <param name="id">The instance.</param>
    public bool IsSettled(StepId id) => _settled?.ContainsKey(id) == true;

    /// <summary>Whether an instance publishes a path: as a file of its own, or in a folder whose files are known only when they are made.</summary>
    /// <param name="path">The path, relative to the workspace.</param>
    /// <returns>False for the folder itself.</returns>
    public bool Publishes(ArtifactPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _checks.PublisherOf(path) is { } step && Find(step.Id)?.Step == step;
    }

    /// <summary>Checks a definition and connects it.</summary>
    /// <param name="definition">What was declared.</param>
    /// <returns>The graph, or all faults in a stable order; exactly one of the two.</returns>
    public static (WorkflowGraph? Graph, IReadOnlyList<Fault> Faults) Build(WorkflowDefinition definition)
    {
        var graph = new WorkflowGraph { _settled = definition.Settled?.Read };
        var faults = new List<Fault>(definition.Faults);
        faults.AddRange(graph._checks.Of(definition));
        var nodes = graph.NodesOf(definition.Steps, definition.Continuations);
        foreach (var task in definition.Tasks)
        {
            nodes.Add(new GraphNode(nodes.Count, task.Name, null, task));
            graph._ends.Add(task.Name, nodes[^1]);
            graph.HasPlainTasks |= task.IsPlain;
        }

        faults.AddRange(graph.UnknownHandles(definition.Continuations));
        if (definition.Continuations.Count == 0)
        {
            graph._checks.Close();
        }

        nodes.ForEach(graph.ConnectNode);
        graph.TakeInOrder(nodes, faults);
        return faults.Count > 0 ? (null, Sorted(faults)) : (graph, []);
    }

    /// <summary>Checks what a continuation declared, and connects it with what is there. What was there keeps its index.</summary>
    /// <param name="expansion">What was declared.</param>
    /// <returns>The new nodes, in order; or all faults, and nothing was added.</returns>
    public (IReadOnlyList<GraphNode> Added, IReadOnlyList<Fault> Faults) Extend(Expansion expansion)
    {
        var faults = new List<Fault>(expansion.Faults);
        _checks.Open(Steps);
        faults.AddRange(_checks.Of(expansion));
        if (faults.Count > 0)
        {
            return ([], Sorted(faults));
        }

        var first = _nodes.Count;
        var nodes = NodesOf(expansion.Steps, expansion.Continuations);
        faults.AddRange(UnknownHandles(expansion.Continuations));
        nodes.ForEach(ConnectNode);
        _afterTasks ??= new AfterTasks();
        if (nodes.Select(node => _afterTasks.CycleThrough(node, _ends[node.Task], first)).FirstOrDefault(cycle => cycle is not null) is { } path)
        {
            faults.Add(CycleFault(path));
        }

        TakeInOrder(nodes, faults);
        if (faults.Count > 0)
        {
            nodes.ForEach(Disconnect);
            return ([], Sorted(faults));
        }

        _nodes[first..].ForEach(_afterTasks.Add);
        return (_nodes[first..], []);
    }

    /// <summary>The nodes in an order in which everything comes after what it waits for, the ends of tasks too.</summary>
    /// <returns>All nodes.</returns>
    public IReadOnlyList<GraphNode> InOrder() => _afterTasks is null ? _nodes : TopologicalOrder.Of(_nodes, 0, out _);

    private List<GraphNode> NodesOf(IReadOnlyList<StepInstance> steps, IReadOnlyList<Continuation> continuations)
    {
        var nodes = new List<GraphNode>(steps.Count + continuations.Count);
        _byId.EnsureCapacity(_byId.Count + steps.Count);
        foreach (var step in steps)
        {
            nodes.Add(new GraphNode(_nodes.Count + nodes.Count, step.Id.Task, step, null));
            _byId.TryAdd(step.Id, nodes[^1]);
        }

        foreach (var continuation in continuations)
        {
            nodes.Add(new GraphNode(_nodes.Count + nodes.Count, continuation.Task, null, null, continuation));
            _continuations.Add(continuation, nodes[^1]);
        }

        return nodes;
    }

    private IEnumerable<Fault> UnknownHandles(IReadOnlyList<Continuation> continuations) => continuations
        .Where(continuation => continuation.Source is null && (continuation.After is null || !_continuations.ContainsKey(continuation.After)))
        .Select(WorkflowFaults.UnknownHandles);

    /// <summary>Takes connected nodes in, if nothing is wrong with them.</summary>
    private void TakeInOrder(List<GraphNode> nodes, List<Fault> faults)
    {
        var first = _nodes.Count;
        var order = TopologicalOrder.Of(nodes, first, out var cycle);
        if (cycle is not null)
        {
            faults.Add(CycleFault(cycle));
        }

        if (faults.Count > 0)
        {
            return;
        }

        for (var i = 0; i < order.Count; i++)
        {
            order[i].Index = first + i;
        }

        _nodes.AddRange(order);
    }

    private void Disconnect(GraphNode node)
    {
        node.Disconnect();
        if (node.Step is not null)
        {
            _byId.Remove(node.Step.Id);
        }
        else
        {
            _continuations.Remove(node.Continuation!);
        }
    }

    /// <summary>The ends of tasks have no place of their own.</summary>
    private static Fault CycleFault(IReadOnlyList<GraphNode> cycle) =>
        WorkflowFaults.Cycle(Names(cycle), cycle.FirstOrDefault(node => node.Step is not null)?.Step!.DeclaredAt ?? default);

    private void ConnectNode(GraphNode node)
    {
        ConnectProducers(node);
        if (node.Continuation is { } continuation)
        {
            ConnectContinuation(node, continuation);
            return;
        }

        foreach (var dependency in _ends[node.Task].TaskEnd!.DependsOn)
        {
            // An instance with a data edge from a task waits for those producers only; without one it waits for the whole task.
            if (_ends.TryGetValue(dependency, out var end) && !ReadsOf(node, dependency))
            {
                node.AddBefore(end);
            }
        }

        if (node.Step is not null)
        {
            _ends[node.Task].AddBefore(node);
        }
    }

    private bool ReadsOf(GraphNode node, string task)
    {
        // What is settled has no inputs here.
        if (node.Step is { } step && _settled?.GetValueOrDefault(step.Id) is { } tasks)
        {
            return tasks.Contains(task, StringComparer.OrdinalIgnoreCase);
        }

        for (var i = 0; i < node.DataEdges.Count; i++)
        {
            if (string.Equals(node.DataEdges[i].Task, task, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It waits for nothing but what makes it known: what it declares has edges of its own.</summary>
    private void ConnectContinuation(GraphNode node, Continuation continuation)
    {
        if (continuation.Source is { } source && _byId.TryGetValue(source.Step, out var producer))
        {
            node.AddProducer(producer);
        }

        if (continuation.After is not null && _continuations.TryGetValue(continuation.After, out var before))
        {
            node.AddBefore(before);
        }

        _ends[node.Task].AddBefore(node);
    }

    private void ConnectProducers(GraphNode node)
    {
        var inputs = node.Step?.Inputs ?? [];
        for (var i = 0; i < inputs.Count; i++)
        {
            // A consumer comes after all others that were connected, so it is the last dependent of a producer that it already has.
            if (inputs[i].Source is InputSource.StepOutput source && _byId.TryGetValue(source.Step, out var producer)
                && producer.DependentNodes.Last != node)
            {
                node.AddProducer(producer);
            }
        }
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
