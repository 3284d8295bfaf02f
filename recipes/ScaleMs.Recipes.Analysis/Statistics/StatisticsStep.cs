using System.Globalization;

namespace ScaleMs.Recipes.Analysis;

/// <summary>The function of the step <c>statistics</c>.</summary>
public static class StatisticsStep
{
    private const string Header = "column,samples,mean,deviation,error,block_length,plateau,autocorrelation_time\n";

    /// <summary>Reads <c>table</c>, writes <c>statistics.csv</c>.</summary>
    /// <param name="files">The step's directory.</param>
    /// <param name="choice">What is wanted.</param>
    /// <exception cref="FormatException">The table has no such column, or fewer than two rows that count.</exception>
    public static void Write(StepFiles files, StatisticsChoice choice)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(choice);
        var table = DataTable.Read(files.ReadLines(DataTable.InputFile));
        var columns = choice.Columns.Count > 0 ? choice.Columns : [.. table.Columns.Skip(1)];
        files.WriteText(ColumnStatistics.ResultFile, Header + string.Concat(columns.Select(column => Row(column, [.. table.Numbers(column).Skip(choice.Skip)]))));
    }

    private static string Row(string column, double[] values)
    {
        if (values.Length < 2)
        {
            throw new FormatException($"Column '{column}' has {values.Length} rows that count, and at least 2 are needed.");
        }

        var error = Series.StandardError(values);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{column},{values.Length},{Series.Mean(values):R},{Series.Deviation(values):R},{error.Error:R},{error.BlockLength},{(error.IsPlateau ? 1 : 0)},{Series.AutocorrelationTime(values):R}\n");
    }
}

/// <summary>What is wanted of a table.</summary>
/// <param name="Columns">The columns; none for all but the first.</param>
/// <param name="Skip">How many rows at the beginning do not count.</param>
public sealed record StatisticsChoice(IReadOnlyList<string> Columns, int Skip);
