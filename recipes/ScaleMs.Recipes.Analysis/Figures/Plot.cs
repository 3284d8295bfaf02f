using System.Globalization;

namespace ScaleMs.Recipes.Analysis;

/// <summary>Curves in one picture (<c>.svg</c>), drawn by gnuplot.</summary>
/// <remarks>One step, <c>plot</c>. Terminal, fonts and size are said, so the same numbers give the same file. All options are in the key but <see cref="PublishAs"/>.</remarks>
public sealed class Plot : Recipe<Artifact>
{
    /// <summary>The name of the result.</summary>
    public const string ResultFile = "plot.svg";

    private static readonly string[] Styles = ["lines", "points", "linespoints", "steps", "boxes", "impulses"];

    /// <summary>The curves, at least one; their tables are all <c>.csv</c>, or none is.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>The title. Default: none.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>The horizontal axis, with its unit. Default: none.</summary>
    public string XLabel { get; init; } = string.Empty;

    /// <summary>The vertical axis, with its unit. Default: none.</summary>
    public string YLabel { get; init; } = string.Empty;

    /// <summary>How curves are drawn: <c>lines</c>, <c>points</c>, <c>linespoints</c>, <c>steps</c>, <c>boxes</c> or <c>impulses</c>. Default <c>lines</c>.</summary>
    public string Style { get; init; } = "lines";

    /// <summary>The width in pixels, 100 to 10,000. Default 900.</summary>
    public int Width { get; init; } = 900;

    /// <summary>The height in pixels, 100 to 10,000. Default 540.</summary>
    public int Height { get; init; } = 540;

    /// <summary>The program: a path or a name to use and nothing else; empty (the default) for <c>gnuplot</c> on the PATH.</summary>
    public string Gnuplot { get; init; } = string.Empty;

    /// <summary>Where the picture is published, such as <c>results/energy.svg</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        Check(steps);

        // "gnuplot 5.4 patchlevel 4" is all that --version prints.
        return steps.Step("plot")
            .Inputs(Data, Curves.Select(curve => curve.Table))
            .Tool(ToolSpec.Versioned("gnuplot", Gnuplot.Length > 0 ? [Gnuplot] : [], ["--version"], ["gnuplot "]))
            .Run("gnuplot", "--default-settings", "-")
            .Answering(Script())
            .Output(ResultFile, publish: PublishAs)
            .File(ResultFile);
    }

    private void Check(StepBuilder steps)
    {
        steps.CheckOption(Curves.Count, Curves.Count > 0, "at least one curve", nameof(Curves));
        steps.CheckOption(Curves.Count, Curves.All(curve => curve.IsCsv) || !Curves.Any(curve => curve.IsCsv), "tables of one kind: all .csv, or none", nameof(Curves));
        foreach (var curve in Curves)
        {
            steps.CheckOption(curve.X, curve.Has(curve.X), "the number of a column from 1, or its name in a .csv", "Curve.X");
            steps.CheckOption(curve.Y, curve.Has(curve.Y), "the number of a column from 1, or its name in a .csv", "Curve.Y");
        }

        steps.CheckOption(Style, Styles.Contains(Style, StringComparer.Ordinal), "one of " + string.Join(", ", Styles));
        steps.CheckOption(Width, Width is >= 100 and <= 10_000, "a whole number from 100 to 10000");
        steps.CheckOption(Height, Height is >= 100 and <= 10_000, "a whole number from 100 to 10000");
    }

    private string Script()
    {
        var curves = Curves.Select((curve, index) => $"{Quoted(Data(index + 1))} {curve.Using} with {Style} title {Quoted(curve.Title)}");
        return string.Create(CultureInfo.InvariantCulture, $"""
            set encoding utf8
            {(Curves.All(curve => curve.IsCsv) ? "set datafile separator ','" : "set datafile commentschars '#@'")}
            set terminal svg size {Width},{Height} noenhanced font 'sans-serif,14' linewidth 1.4 background rgb 'white'
            set output '{ResultFile}'
            set title {Quoted(Title)}
            set xlabel {Quoted(XLabel)}
            set ylabel {Quoted(YLabel)}
            set key outside right top
            set grid linecolor rgb '#dddddd'
            plot {string.Join(", ", curves)}

            """);
    }

    private static string Data(int number) => FormattableString.Invariant($"curve-{number}");

    /// <summary>A text of gnuplot: in single quotes nothing is special but the quote itself.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal).ReplaceLineEndings(" ")}'";
}
