using System.Globalization;

namespace ScaleMs.Recipes.Analysis;

/// <summary>The function of the step <c>histogram</c>.</summary>
public static class HistogramStep
{
    /// <summary>Reads <c>table</c>, writes <c>histogram.csv</c>.</summary>
    /// <param name="files">The step's directory.</param>
    /// <param name="choice">What is wanted.</param>
    /// <exception cref="FormatException">The table has no such column.</exception>
    public static void Write(StepFiles files, HistogramChoice choice)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(choice);
        var values = DataTable.Read(files.ReadLines(DataTable.InputFile)).Numbers(choice.Column).Skip(choice.Skip).ToList();
        var bins = Analysis.Bins.Of(values, choice.Bins, choice.Least, choice.Most);
        files.WriteText(Histogram.ResultFile, "center,count,density\n" + string.Concat(bins.Counts.Select((count, bin) =>
            string.Create(CultureInfo.InvariantCulture, $"{bins.Least + ((bin + 0.5) * bins.Width):R},{count},{bins.Density(bin):R}\n"))));
    }
}

/// <summary>Which histogram is wanted.</summary>
/// <param name="Column">The column.</param>
/// <param name="Bins">How many bins.</param>
/// <param name="Least">The lower edge; null for the smallest value.</param>
/// <param name="Most">The upper edge; null for the largest value.</param>
/// <param name="Skip">How many rows at the beginning do not count.</param>
public sealed record HistogramChoice(string Column, int Bins, double? Least, double? Most, int Skip);
