namespace Cake.Frosting;

/// <summary>Makes the marked task run before another one, without touching that one's class.</summary>
/// <param name="type">The class of the task that runs afterwards.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependeeOfAttribute(Type type) : Attribute
{
    /// <summary>The class of the task that runs afterwards.</summary>
    public Type Task { get; } = type;
}
