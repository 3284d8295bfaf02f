namespace ScaleMs.Core.Planning.Documents;

/// <summary>A place of a plan where nobody can say yet which steps follow.</summary>
/// <param name="Task">The task whose steps they are.</param>
/// <param name="Until">What makes them known, as in <c>unknown until X</c>.</param>
public sealed record PlanOpening(string Task, string Until)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Task}: unknown until {Until}";
}
