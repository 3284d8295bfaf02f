using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>The tasks of a target's closure in Cake's order; linear, where Cake's own graph is quadratic.</summary>
internal sealed class TaskClosure
{
    private readonly Dictionary<string, CakeTask> _tasks;
    private readonly Dictionary<string, List<string>> _dependencies = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Fault> _faults = [];
    private readonly List<CakeTask> _order = [];

    public TaskClosure(IReadOnlyList<CakeTask> tasks, IEnumerable<string> targets)
    {
        _tasks = tasks.ToDictionary(task => task.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var task in tasks)
        {
            foreach (var dependee in task.Dependees)
            {
                Reverse(task, dependee);
            }
        }

        var states = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var target in targets)
        {
            if (_tasks.TryGetValue(target, out var task))
            {
                Visit(task, states, []);
            }
            else
            {
                _faults.Add(UsageFaults.UnknownTarget(target, _tasks.Keys));
            }
        }
    }

    /// <summary>The tasks, dependencies first.</summary>
    public IReadOnlyList<CakeTask> Order => _order;

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Names of the tasks that a task depends on, by whatever it was declared.</summary>
    public IReadOnlyList<string> DependenciesOf(CakeTask task) => _dependencies[task.Name];

    private void Reverse(CakeTask task, CakeTaskDependency dependee)
    {
        if (_tasks.ContainsKey(dependee.Name))
        {
            ListOf(dependee.Name).Add(task.Name);
        }
        else if (dependee.Required)
        {
            _faults.Add(Unknown(task, dependee.Name));
        }
    }

    private List<string> ListOf(string name)
    {
        if (!_dependencies.TryGetValue(name, out var list))
        {
            _dependencies[name] = list = [];
        }

        return list;
    }

    /// <summary>Depth first; the flag is false while a task is on the path, true when it is done.</summary>
    private void Visit(CakeTask task, Dictionary<string, bool> states, List<string> path)
    {
        if (states.TryGetValue(task.Name, out var isDone))
        {
            if (!isDone)
            {
                var cycle = path.SkipWhile(name => !string.Equals(name, task.Name, StringComparison.OrdinalIgnoreCase)).Append(task.Name);
                _faults.Add(new Fault("SMS1006", FaultKind.Definition, $"the tasks go round in a circle: {string.Join(" → ", cycle)}", default, "remove one of these dependencies"));
            }

            return;
        }

        states[task.Name] = false;
        path.Add(task.Name);
        var dependencies = ListOf(task.Name);
        dependencies.InsertRange(0, Declared(task).Where(name => !dependencies.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList());
        foreach (var dependency in dependencies)
        {
            Visit(_tasks[dependency], states, path);
        }

        path.RemoveAt(path.Count - 1);
        states[task.Name] = true;
        _order.Add(task);
    }

    private IEnumerable<string> Declared(CakeTask task)
    {
        foreach (var dependency in task.Dependencies)
        {
            if (_tasks.TryGetValue(dependency.Name, out var known))
            {
                yield return known.Name;
            }
            else if (dependency.Required)
            {
                _faults.Add(Unknown(task, dependency.Name));
            }
        }
    }

    private Fault Unknown(CakeTask task, string name) => new(
        "SMS1016", FaultKind.Definition, $"task '{task.Name}' depends on '{name}', which is not defined", default,
        Nearest.To(name, _tasks.Keys) is { } near ? $"use '{near}'" : "define the task, or remove the dependency");
}
