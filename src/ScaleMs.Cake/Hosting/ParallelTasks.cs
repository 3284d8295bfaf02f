using System.Reflection;
using System.Runtime.CompilerServices;
using Cake.Core;

namespace ScaleMs;

/// <summary>Plain tasks that may run beside others.</summary>
public static class ParallelTasks
{
    // A Cake task has no place for what others want to say of it.
    private static readonly ConditionalWeakTable<CakeTask, object> Marked = [];

    /// <summary>Lets a task of a script run beside other tasks that are marked too: <c>Task("lint").Parallelizable().Does(…)</c>.</summary>
    /// <param name="builder">The task.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>See <see cref="ParallelizableAttribute"/>, which says the same of a task class.</remarks>
    public static CakeTaskBuilder Parallelizable(this CakeTaskBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Marked.AddOrUpdate((CakeTask)builder.Task, Marked);
        return builder;
    }

    /// <summary>Whether the task says so itself, by the marker of a script or the attribute of its class.</summary>
    internal static bool IsMarked(CakeTask task) =>
        Marked.TryGetValue(task, out _) || task.Actions.Exists(action => TypeOf(action.Target)?.IsDefined(typeof(ParallelizableAttribute), inherit: true) == true);

    private static Type? TypeOf(object? target) => target is BoundTask bound ? bound.Task.GetType() : target?.GetType();
}
