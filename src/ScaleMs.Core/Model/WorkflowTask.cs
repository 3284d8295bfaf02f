namespace ScaleMs.Core.Model;

/// <summary>A Cake task as the graph sees it.</summary>
/// <param name="Name">The task's name.</param>
/// <param name="DependsOn">Names of the tasks it depends on, in declaration order.</param>
/// <param name="IsPlain">Whether it is a plain Cake task, which runs each time it is in the closure, rather than an owner of steps.</param>
/// <param name="IsSkipped">Whether its criteria said no: its steps are not planned.</param>
public sealed record WorkflowTask(string Name, IReadOnlyList<string> DependsOn, bool IsPlain, bool IsSkipped = false)
{
    /// <summary>Whether it, as a plain task, may run beside other plain tasks that may do so too.</summary>
    public bool MayOverlap { get; init; }
}
