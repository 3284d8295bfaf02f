using System.Reflection;
using Cake.Frosting;

namespace ScaleMs;

/// <summary>Names of tasks, as Frosting gives them.</summary>
internal static class TaskNames
{
    public static string Of(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    /// <summary>Tasks that a task's constructor takes: a dependency like those of its attributes.</summary>
    public static IEnumerable<string> Injected(Type task) => task.GetConstructors()
        .SelectMany(constructor => constructor.GetParameters())
        .Where(parameter => typeof(IFrostingTask).IsAssignableFrom(parameter.ParameterType))
        .Select(parameter => Of(parameter.ParameterType))
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
