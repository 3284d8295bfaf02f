namespace Cake.Frosting;

/// <summary>Says in a sentence what a task is for.</summary>
/// <param name="description">The sentence that <c>--description</c> prints.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    /// <summary>The sentence that <c>--description</c> prints.</summary>
    public string Description { get; } = description;
}
