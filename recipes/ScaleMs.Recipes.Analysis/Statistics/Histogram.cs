namespace ScaleMs.Recipes.Analysis;

/// <summary>How often a column of a table has which values.</summary>
/// <remarks>
/// One step, <c>histogram</c>. It makes a table (<c>.csv</c>) with a row for each bin: <c>center</c>, <c>count</c>, <c>density</c> (the share of all values over the width). All options are in the
/// key but <see cref="PublishAs"/>.
/// </remarks>
public sealed class Histogram : Recipe<Artifact>
{
    /// <summary>The name of the result.</summary>
    public const string ResultFile = "histogram.csv";

    /// <summary>The table: <c>.csv</c>, <c>.xvg</c>, or another text with columns.</summary>
    public required Artifact Table { get; init; }

    /// <summary>The column, by name or by number from 1.</summary>
    public required string Column { get; init; }

    /// <summary>How many bins, 1 to 100,000. Default 50.</summary>
    public int Bins { get; init; } = 50;

    /// <summary>The lower edge of the first bin, in the unit of the column; null (the default) for the smallest value.</summary>
    public double? Least { get; init; }

    /// <summary>The upper edge of the last bin, above <see cref="Least"/>; null (the default) for the largest value. Values outside count in no bin, and in the whole of the density.</summary>
    public double? Most { get; init; }

    /// <summary>How many rows at the beginning do not count; 0 or more, default 0.</summary>
    public int Skip { get; init; }

    /// <summary>Where the result is published, such as <c>results/histogram.csv</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(Column, Column.Length > 0, "the name of a column, or its number from 1");
        steps.CheckOption(Bins, Bins is >= 1 and <= 100_000, "a whole number from 1 to 100000");
        steps.CheckOption(Skip, Skip >= 0, "a whole number from 0");
        steps.CheckOption(Least, Least is null || double.IsFinite(Least.Value), "a number");
        steps.CheckOption(Most, Most is null || (double.IsFinite(Most.Value) && !(Most <= Least)), "a number above Least");
        return steps.Step("histogram")
            .Input(DataTable.InputFile, Table)
            .Call(HistogramStep.Write, new HistogramChoice(Column, Bins, Least, Most, Skip))
            .Output(ResultFile, publish: PublishAs)
            .File(ResultFile);
    }
}
