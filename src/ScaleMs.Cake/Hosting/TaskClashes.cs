using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>Task classes of one name, mostly of two packages.</summary>
internal static class TaskClashes
{
    /// <summary>The classes that may be registered, one for each name, and a fault for each of the others.</summary>
    public static (List<Type> Tasks, List<Fault> Faults) Of(IEnumerable<Type> types)
    {
        var byName = types.GroupBy(TaskNames.Of, StringComparer.OrdinalIgnoreCase).ToList();
        return (byName.ConvertAll(same => same.First()), byName.SelectMany(same => same.Skip(1).Select(other => Clash(same.Key, same.First(), other))).ToList());
    }

    private static Fault Clash(string name, Type one, Type other) => new(
        "SMS1027", FaultKind.Definition, $"two tasks are called '{name}': {Told(one)} and {Told(other)}", default,
        $"give one another name; a package puts its own in front, as [TaskName(\"{other.Assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant()}.{name}\")]");

    private static string Told(Type type) => $"'{type.FullName}' ({Packages.Of(type)})";
}
