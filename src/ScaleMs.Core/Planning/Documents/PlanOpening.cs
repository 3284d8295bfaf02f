namespace ScaleMs.Core.Planning.Documents;

/// <summary>A place of a plan where nobody can say yet which steps follow.</summary>
/// <param name="Task">The task whose steps they are.</param>
/// <param name="Until">What makes them known, as in <c>unknown until X</c>.</param>
/// <param name="Place">Where in the task: recipe and member, such as <c>prep[replica=1]</c>; empty for the task itself.</param>
public sealed record PlanOpening(string Task, string Until, string Place = "")
{
    /// <summary>How many parts of the definition wait there for the same.</summary>
    public int Parts { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Task}{(Place.Length > 0 ? $", {Place}" : string.Empty)}: unknown until {Until}";

    /// <summary>Counts those that wait at one place for the same.</summary>
    /// <param name="openings">Each with the number of its parts.</param>
    /// <returns>Each place and what it waits for once, in the order given.</returns>
    public static IReadOnlyList<PlanOpening> Counted(IEnumerable<PlanOpening> openings) =>
        [.. openings.GroupBy(opening => opening with { Parts = 1 }).Select(same => same.Key with { Parts = same.Sum(opening => opening.Parts) })];
}
