namespace ScaleMs.Recipes.Analysis;

/// <summary>Mean, fluctuation, error of the mean and autocorrelation time of columns of a table.</summary>
/// <remarks>
/// One step, <c>statistics</c>. It makes a table (<c>.csv</c>) with a row for each column: <c>column</c>, <c>samples</c>, <c>mean</c>, <c>deviation</c> (of the values, divisor n),
/// <c>error</c> (of the mean, by block averaging), <c>block_length</c>, <c>plateau</c> (1, or 0 when the series is too short and the error a lower bound), <c>autocorrelation_time</c> (in rows). The formulas and their
/// sources are those of <see cref="Series"/>. All options are in the key but <see cref="PublishAs"/>.
/// </remarks>
public sealed class ColumnStatistics : Recipe<Artifact>
{
    /// <summary>The name of the result.</summary>
    public const string ResultFile = "statistics.csv";

    /// <summary>The table: <c>.csv</c>, <c>.xvg</c>, or another text with columns of numbers; rows of one run at equal distances. Tables of several runs that were joined are no series: take each by itself.</summary>
    public required Artifact Table { get; init; }

    /// <summary>The columns, by name or by number from 1. Default: all but the first.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>How many rows at the beginning do not count, such as those of the equilibration; 0 or more, default 0.</summary>
    public int Skip { get; init; }

    /// <summary>Where the result is published, such as <c>results/statistics.csv</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(Skip, Skip >= 0, "a whole number from 0");
        steps.CheckOption(Columns, Columns.All(column => column.Length > 0), "names of columns, or their numbers from 1");
        return steps.Step("statistics")
            .Input(DataTable.InputFile, Table)
            .Call(StatisticsStep.Write, new StatisticsChoice(Columns, Skip))
            .Output(ResultFile, publish: PublishAs)
            .File(ResultFile);
    }
}
