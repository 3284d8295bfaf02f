namespace ScaleMs.Core.Planning.Selection;

/// <summary>Which instances a run may execute. None of it is in a key.</summary>
public sealed record StepSelection
{
    /// <summary>Everything may run, nothing is forced.</summary>
    public static StepSelection All { get; } = new();

    /// <summary>With any, only these may execute, and those of <see cref="From"/>.</summary>
    public IReadOnlyList<StepPattern> Only { get; init; } = [];

    /// <summary>With any, only these and what reads their outputs, directly or not, may execute, and those of <see cref="Only"/>.</summary>
    public IReadOnlyList<StepPattern> From { get; init; } = [];

    /// <summary>These are not executed, whatever else is said; what reads them uses their recorded results.</summary>
    public IReadOnlyList<StepPattern> Skip { get; init; } = [];

    /// <summary>These are executed although they are up to date; they count as named by <see cref="Only"/> where that is given.</summary>
    public IReadOnlyList<StepPattern> Rerun { get; init; } = [];

    /// <summary>With any, nothing is executed and only these take a result that was made elsewhere.</summary>
    public IReadOnlyList<StepPattern> Import { get; init; } = [];

    /// <summary>Whether those of <see cref="Import"/> take it although they have a result.</summary>
    public bool ImportsAnew { get; init; }

    /// <summary>Whether nothing is selected, so that the run is an ordinary one.</summary>
    public bool IsAll => Only.Count + From.Count + Skip.Count + Rerun.Count + Import.Count == 0;

    /// <summary>Every pattern with the name of its option.</summary>
    /// <returns>Pairs of option and pattern, in a stable order.</returns>
    public IEnumerable<ChosenPattern> Patterns() =>
        [.. Of("only", Only), .. Of("from", From), .. Of("skip", Skip), .. Of("rerun", Rerun), .. Of("import", Import)];

    private static IEnumerable<ChosenPattern> Of(string option, IReadOnlyList<StepPattern> patterns) => patterns.Select(pattern => new ChosenPattern(option, pattern));
}

/// <summary>A pattern and the option that it was given with.</summary>
/// <param name="Option">The option's name without dashes.</param>
/// <param name="Pattern">The pattern.</param>
public sealed record ChosenPattern(string Option, StepPattern Pattern);
