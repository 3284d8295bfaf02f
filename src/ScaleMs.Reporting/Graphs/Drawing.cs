using ScaleMs.Core.Graph.Documents;
using ScaleMs.Core.Model;

namespace ScaleMs.Reporting.Graphs;

/// <summary>What a picture of a graph shows: steps with many members are one node, and what passes between the same two nodes is one arrow.</summary>
internal sealed class Drawing
{
    private readonly GraphDocument _graph;
    private readonly List<DrawnNode> _nodes = [];
    private readonly Dictionary<string, DrawnNode> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<StepId, DrawnNode> _instances = [];
    private readonly Dictionary<string, DrawnNode> _tasks = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, GraphTask> _known;
    private readonly ILookup<string, DrawnNode> _stepsOf;
    private readonly Dictionary<(DrawnNode From, DrawnNode To), SortedSet<string>> _edges = [];

    private Drawing(GraphDocument graph, int most)
    {
        _graph = graph;
        _known = graph.Tasks.ToDictionary(task => task.Name, StringComparer.OrdinalIgnoreCase);
        AddSteps(most);
        _stepsOf = _nodes.ToLookup(node => node.Task, StringComparer.Ordinal);
        foreach (var task in graph.Tasks.Where(task => task.IsPlain))
        {
            EndOf(task.Name);
        }

        AddEdges();
        AddOpen();
    }

    /// <summary>The target.</summary>
    public string Target => _graph.Target;

    /// <summary>The nodes by task, in the order of the tasks' names.</summary>
    public IEnumerable<IGrouping<string, DrawnNode>> Tasks => _nodes.GroupBy(node => node.Task, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);

    /// <summary>The arrows.</summary>
    public IEnumerable<DrawnEdge> Edges => _edges.Select(edge => new DrawnEdge(edge.Key.From, edge.Key.To, [.. edge.Value]));

    /// <summary>Decides what is shown.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="most">A step with more members than this is one node.</param>
    public static Drawing Of(GraphDocument graph, int most) => new(graph, most);

    private void AddSteps(int most)
    {
        foreach (var step in _graph.Steps.Where(step => step.Members > most))
        {
            _steps.Add(step.ToString(), Add(step.Task, $"{step} ×{step.Members}", DrawnKind.Step));
        }

        foreach (var instance in _graph.Instances)
        {
            var step = (instance.Id with { Member = string.Empty }).ToString();
            _instances.Add(instance.Id, _steps.GetValueOrDefault(step) ?? Add(instance.Id.Task, instance.Id.ToString(), DrawnKind.Step));
        }
    }

    private DrawnNode Add(string task, string label, DrawnKind kind)
    {
        _nodes.Add(new DrawnNode($"n{_nodes.Count}", task, label, kind));
        return _nodes[^1];
    }

    private void AddEdges()
    {
        foreach (var edge in _graph.Edges)
        {
            Connect(edge.From is { } from ? _instances[from] : EndOf(edge.Task), _instances[edge.To], edge.Artifacts.Select(artifact => artifact.Output));
        }
    }

    private void AddOpen()
    {
        foreach (var opening in _graph.Open)
        {
            var node = Add(opening.Task, $"unknown until {opening.Until}", DrawnKind.Unknown);
            if (_instances.TryGetValue(opening.Step, out var decider))
            {
                Connect(decider, node, []);
            }
        }
    }

    /// <summary>The node that stands for all of a task: a plain task itself, else what comes after all its steps.</summary>
    private DrawnNode EndOf(string name)
    {
        if (_tasks.TryGetValue(name, out var known))
        {
            return known;
        }

        var task = _known[name];
        var end = _tasks[name] = Add(task.Name, task.IsPlain ? task.Name : $"all of {task.Name}", DrawnKind.Task);
        foreach (var before in _stepsOf.Contains(task.Name) ? _stepsOf[task.Name] : task.DependsOn.Select(EndOf))
        {
            Connect(before, end, []);
        }

        return end;
    }

    private void Connect(DrawnNode from, DrawnNode to, IEnumerable<string> artifacts)
    {
        if (!_edges.TryGetValue((from, to), out var known))
        {
            _edges[(from, to)] = known = new SortedSet<string>(StringComparer.Ordinal);
        }

        known.UnionWith(artifacts);
    }
}
