namespace Cake.Frosting;

/// <summary>Makes the marked task run after another one.</summary>
/// <param name="type">The class of the task that runs first.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute(Type type) : Attribute
{
    /// <summary>The class of the task that runs first.</summary>
    public Type Task { get; } = type;
}
