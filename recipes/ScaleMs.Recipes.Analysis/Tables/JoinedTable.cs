namespace ScaleMs.Recipes.Analysis;

/// <summary>Joins the tables of members into one, with a column that says whose row it is.</summary>
/// <remarks>One step, <c>join</c>. It makes a table (<c>.csv</c>); all tables must have the same columns. All options are in the key but <see cref="PublishAs"/>.</remarks>
public sealed class JoinedTable : Recipe<Artifact>
{
    /// <summary>The name of the result.</summary>
    public const string ResultFile = "joined.csv";

    /// <summary>The members, at least one: what stands in the first column, without commas, and the member's table.</summary>
    public required IReadOnlyList<(string Label, Artifact Table)> Members { get; init; }

    /// <summary>The name of the first column, without commas. Default <c>member</c>.</summary>
    public string LabelColumn { get; init; } = "member";

    /// <summary>How many rows at the beginning of each member's table are left out, such as those of the equilibration; 0 or more, default 0.</summary>
    public int Skip { get; init; }

    /// <summary>Where the result is published, such as <c>results/all.csv</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(LabelColumn, IsCell(LabelColumn), "a name without commas");
        steps.CheckOption(Members.Count, Members.Count > 0, "at least one member", nameof(Members));
        steps.CheckOption(Skip, Skip >= 0, "a whole number from 0");
        foreach (var (label, _) in Members)
        {
            steps.CheckOption(label, IsCell(label), "a text without commas and line ends", nameof(Members));
        }

        return steps.Step("join")
            .Inputs(JoinStep.Member, Members.Select(member => member.Table))
            .Call(JoinStep.Write, new JoinChoice(LabelColumn, [.. Members.Select(member => member.Label)], Skip))
            .Output(ResultFile, publish: PublishAs)
            .File(ResultFile);
    }

    private static bool IsCell(string text) => text.Length > 0 && text.IndexOfAny([',', '\n', '\r']) < 0;
}
