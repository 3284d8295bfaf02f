using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>Finds tasks that take each other as constructor arguments: the container would only say that it cannot make them.</summary>
internal static class InjectionCycle
{
    /// <summary>The fault that prints the first cycle as its path; null when there is none.</summary>
    public static Fault? Find(IReadOnlyList<Type> tasks)
    {
        var byName = tasks.GroupBy(TaskNames.Of, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return byName.Keys.Order(StringComparer.Ordinal).Select(name => Walk(name, byName, done, [])).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>The fault for a circle that goes through what is no task, a service or its factory, which no constructor of a task shows.</summary>
    public static Fault ThroughServices(IEnumerable<Type> tasks) => new(
        "SMS1006", FaultKind.Definition, $"tasks are needed to make themselves, through a service that takes them: {string.Join(", ", tasks.Select(task => $"'{task.FullName}'"))}", default,
        "remove one of these arguments, of the tasks or of the service");

    private static Fault? Walk(string name, Dictionary<string, Type> tasks, HashSet<string> done, List<string> path)
    {
        if (path.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            var cycle = path.SkipWhile(step => !string.Equals(step, name, StringComparison.OrdinalIgnoreCase)).Append(name);
            return new Fault(
                "SMS1006", FaultKind.Definition, $"the tasks take each other as constructor arguments, in a circle: {string.Join(" → ", cycle)}", default,
                "remove one of these arguments");
        }

        if (done.Contains(name) || !tasks.TryGetValue(name, out var type))
        {
            return null;
        }

        path.Add(name);
        var fault = TaskNames.Injected(type).Select(next => Walk(next, tasks, done, path)).FirstOrDefault(found => found is not null);
        path.RemoveAt(path.Count - 1);
        done.Add(name);
        return fault;
    }
}
