using Cake.Core;
using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>The tasks of the targets' closure in Cake's order: of one target depth first, of several by name among those that may run.</summary>
internal sealed class TaskClosure
{
    private readonly TaskGraph _graph;
    private readonly List<Fault> _faults = [];
    private readonly List<TaskNode> _order = [];
    private readonly HashSet<TaskNode> _entered = [];
    private readonly HashSet<TaskNode> _left = [];
    private readonly List<TaskNode> _path = [];
    private readonly List<int> _next = [];

    public TaskClosure(TaskGraph graph, IReadOnlyList<string> targets)
    {
        _graph = graph;
        foreach (var target in targets)
        {
            if (_graph.Find(target) is { } node)
            {
                Visit(node);
            }
            else
            {
                _faults.Add(UsageFaults.UnknownTarget(target, _graph.Names));
            }
        }

        Order = (targets.Count == 1 || _faults.Count > 0 ? _order : NameOrder.Of(_order)).ConvertAll(node => node.Task);
    }

    /// <summary>The tasks, dependencies first.</summary>
    public IReadOnlyList<CakeTask> Order { get; }

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Finds a task by its name, in any case.</summary>
    public CakeTask this[string name] => _graph.Find(name)!.Task;

    /// <summary>Names of the tasks that a task depends on, by whatever it was declared.</summary>
    public IReadOnlyList<string> DependenciesOf(CakeTask task) => [.. _graph.Find(task.Name)!.Before.Select(before => before.Task.Name)];

    /// <summary>Walks with a path of its own instead of calling itself: a chain of tasks may be longer than a stack is deep.</summary>
    private void Visit(TaskNode target)
    {
        Enter(target);
        while (_path.Count > 0)
        {
            var node = _path[^1];
            var next = _next[^1]++;
            if (next < node.Before.Count)
            {
                Enter(node.Before[next]);
            }
            else
            {
                Leave(node);
            }
        }
    }

    private void Enter(TaskNode node)
    {
        if (_entered.Add(node))
        {
            _path.Add(node);
            _next.Add(0);
        }
        else if (!_left.Contains(node))
        {
            _faults.Add(TaskGraph.Circle([.. _path.SkipWhile(before => before != node).Append(node).Select(member => member.Task.Name)]));
        }
    }

    private void Leave(TaskNode node)
    {
        _left.Add(node);
        _path.RemoveAt(_path.Count - 1);
        _next.RemoveAt(_next.Count - 1);
        _order.Add(node);
    }
}
