namespace ScaleMs.Reporting.Graphs;

/// <summary>An arrow of a picture.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Artifacts">The outputs that pass, in ordinal order; none where it is order only.</param>
internal sealed record DrawnEdge(DrawnNode From, DrawnNode To, IReadOnlyList<string> Artifacts)
{
    private const int MostNamed = 3;

    /// <summary>The arrow's text; empty for none.</summary>
    public string Label => Artifacts.Count <= MostNamed
        ? string.Join(", ", Artifacts)
        : $"{string.Join(", ", Artifacts.Take(MostNamed))} and {Artifacts.Count - MostNamed} more";
}
