using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>
/// All tasks of a build, connected as Cake connects them: in the order of their registration, what a task depends on before what depends on it.
/// Its cost is that of the tasks and their dependencies, where Cake's own graph is quadratic.
/// </summary>
internal sealed class TaskGraph
{
    private const int MostNames = 20;
    private readonly Dictionary<string, TaskNode> _nodes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Fault> _faults = [];

    public TaskGraph(IReadOnlyList<CakeTask> tasks)
    {
        foreach (var task in tasks)
        {
            _nodes.Add(task.Name, new TaskNode(task));
        }

        foreach (var task in tasks)
        {
            Connect(_nodes[task.Name]);
        }
    }

    /// <summary>What is wrong with the tasks, in the target's closure or outside.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    public IEnumerable<string> Names => _nodes.Keys;

    public TaskNode? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>A circle, told as its path; of a very long one the ends.</summary>
    public static Fault Circle(List<string> path)
    {
        var left = path.Count - MostNames;
        var told = left <= 1 ? path : [.. path.Take(MostNames / 2), $"… {left} more …", .. path.TakeLast(MostNames / 2)];
        return new("SMS1006", FaultKind.Definition, $"the tasks go round in a circle: {string.Join(" → ", told)}", default, "remove one of these dependencies");
    }

    private void Connect(TaskNode node)
    {
        foreach (var dependency in node.Task.Dependencies)
        {
            if (Known(dependency) is { } before)
            {
                Connect(before, node);
            }
            else if (dependency.Required)
            {
                _faults.Add(Unknown($"task '{node.Task.Name}' depends on '{dependency.Name}', which is not defined", dependency.Name));
            }
        }

        foreach (var dependee in node.Task.Dependees)
        {
            if (Known(dependee) is { } after)
            {
                Connect(node, after);
            }
            else if (dependee.Required)
            {
                _faults.Add(Unknown($"task '{node.Task.Name}' is to come before '{dependee.Name}', which is not defined", dependee.Name));
            }
        }
    }

    private TaskNode? Known(CakeTaskDependency dependency) => _nodes.GetValueOrDefault(dependency.Name);

    /// <summary>Two tasks that depend on each other are wrong wherever they are, as in Cake; a longer circle only in a closure.</summary>
    private void Connect(TaskNode before, TaskNode after)
    {
        if (before == after)
        {
            _faults.Add(Circle([before.Task.Name, before.Task.Name]));
        }
        else if (before.ComesAfter(after))
        {
            _faults.Add(Circle([before.Task.Name, after.Task.Name, before.Task.Name]));
        }
        else
        {
            after.PutAfter(before);
        }
    }

    private Fault Unknown(string what, string name) => new(
        "SMS1016", FaultKind.Definition, what, default, Nearest.To(name, _nodes.Keys) is { } near ? $"use '{near}'" : "define the task, or remove the dependency");
}
