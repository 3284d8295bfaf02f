namespace ScaleMs.Core.Graph.Documents;

/// <summary>A task in a graph's document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DependsOn">The tasks that come before it.</param>
/// <param name="IsPlain">Whether it is a plain Cake task, without steps.</param>
public sealed record GraphTask(string Name, IReadOnlyList<string> DependsOn, bool IsPlain);
