namespace ScaleMs.Core.Graph.Documents;

/// <summary>A step in a graph's document.</summary>
/// <param name="Task">Its task.</param>
/// <param name="Name">Its name inside the task.</param>
/// <param name="Recipe">The name under which the recipe that declares it is used; null for none.</param>
/// <param name="Members">How many instances it has, at least 1.</param>
public sealed record GraphStep(string Task, string Name, string? Recipe, int Members)
{
    /// <inheritdoc/>
    public override string ToString() => Task == Name ? Task : $"{Task}/{Name}";
}
