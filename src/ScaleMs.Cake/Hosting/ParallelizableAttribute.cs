namespace ScaleMs;

/// <summary>A plain task that may run beside other plain tasks that have this attribute too, when all that it depends on is done.</summary>
/// <remarks>A task without it runs alone, at its place in Cake's order; <c>--parallel</c> counts every task as if it had it. Steps need none: they run in parallel by nature.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ParallelizableAttribute : Attribute;
