namespace Cake.Frosting;

/// <summary>Names a task; without it the task is named after its class.</summary>
/// <param name="name">The name used on the command line and in reports.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    /// <summary>The name used on the command line and in reports.</summary>
    public string Name { get; } = name;
}
