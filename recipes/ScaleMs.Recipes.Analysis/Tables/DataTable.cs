using System.Globalization;

namespace ScaleMs.Recipes.Analysis;

/// <summary>A table in a text: columns with names, rows of texts. Pure.</summary>
/// <param name="Columns">The names; <c>column_1</c> and so on where the text has none.</param>
/// <param name="Rows">The rows, each with as many cells as there are columns.</param>
public sealed record DataTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The name under which steps find the table that they read.</summary>
    internal const string InputFile = "table";

    /// <summary>Reads a table: <c>.csv</c> (commas), <c>.xvg</c> and other texts with blanks between columns.</summary>
    /// <param name="lines">The lines. Empty ones and those that begin with <c>#</c> or <c>@</c> do not count; the first of the others may hold the names.</param>
    /// <param name="name">What messages call it, such as the file's name.</param>
    /// <returns>The table.</returns>
    /// <exception cref="FormatException">There is no row, or one of another length.</exception>
    public static DataTable Read(IEnumerable<string> lines, string name = InputFile)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var rows = lines.Where(line => !string.IsNullOrWhiteSpace(line) && line[0] is not ('#' or '@')).Select(Cells).ToList();
        var hasNames = rows.Count > 0 && !rows[0].Any(IsNumber);
        if (rows.Count == (hasNames ? 1 : 0))
        {
            throw new FormatException($"'{name}' holds no rows: what wrote it had nothing to write.");
        }

        if (rows.FindIndex(row => row.Length != rows[0].Length) is var odd and >= 0)
        {
            throw new FormatException($"Row {odd + 1} of '{name}' has {rows[odd].Length} columns, and the first line {rows[0].Length}.");
        }

        return hasNames
            ? new DataTable(rows[0], rows.GetRange(1, rows.Count - 1))
            : new DataTable([.. Enumerable.Range(1, rows[0].Length).Select(number => FormattableString.Invariant($"column_{number}"))], rows);
    }

    /// <summary>A column of numbers.</summary>
    /// <param name="column">Its name, or its number from 1.</param>
    /// <returns>The numbers, row by row.</returns>
    /// <exception cref="FormatException">There is no such column, or a cell that is no number.</exception>
    public IReadOnlyList<double> Numbers(string column)
    {
        var index = IndexOf(column);
        return [.. Rows.Select(row => TryRead(row[index]) ?? throw new FormatException($"'{row[index]}' in column '{column}' is not a number."))];
    }

    /// <summary>The table as <c>.csv</c>.</summary>
    /// <returns>A line of names, then the rows; each ends with a line feed.</returns>
    public string ToCsv() => string.Concat(Rows.Prepend(Columns).Select(row => string.Join(',', row) + "\n"));

    private int IndexOf(string column)
    {
        var index = Columns.Index().Where(named => named.Item == column).Select(named => (int?)named.Index).FirstOrDefault()
            ?? (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : -1);
        return index >= 0 && index < Columns.Count ? index : throw new FormatException($"The table has no column '{column}'; it has {string.Join(", ", Columns)}.");
    }

    private static string[] Cells(string line) => line.Contains(',', StringComparison.Ordinal)
        ? line.Split(',', StringSplitOptions.TrimEntries)
        : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNumber(string cell) => TryRead(cell) is not null;

    private static double? TryRead(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
