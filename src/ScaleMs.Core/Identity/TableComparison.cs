using System.Globalization;

namespace ScaleMs.Core.Identity;

/// <summary>Compares a table that was made with the one that stands for it, row by row, up to the first difference that is not within tolerance.</summary>
/// <param name="rule">The tolerance.</param>
/// <param name="file">What the table is called.</param>
public sealed class TableComparison(ToleranceIdentity rule, string file)
{
    private const int LongestText = 40;

    private int _rows;

    /// <summary>Reads the table that stands for it.</summary>
    public TableReader Former { get; } = new();

    /// <summary>Reads the table that was made.</summary>
    public TableReader Made { get; } = new();

    /// <summary>Compares the next rows of the two.</summary>
    /// <param name="former">The next row of the one; null at its end.</param>
    /// <param name="made">The next row of the other; null at its end.</param>
    /// <returns>The difference, by value; null when it is within tolerance.</returns>
    public string? Difference(TableRow? former, TableRow? made)
    {
        if (former is null || made is null)
        {
            return former is null && made is null ? null : Ended(made is null);
        }

        _rows += made.HasNumber ? 1 : 0;
        if (made.HasNumber && _rows == 1 && Columns() is { } problem)
        {
            return problem;
        }

        if (former.Cells.Count != made.Cells.Count)
        {
            return FormattableString.Invariant($"{Place(made)} has {made.Cells.Count} fields, {former.Cells.Count} before");
        }

        for (var i = 0; i < made.Cells.Count; i++)
        {
            if (Difference(i, former.Cells[i], made.Cells[i], made) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private string? Columns() => !Former.Names.SequenceEqual(Made.Names, StringComparer.Ordinal)
        ? $"the columns of {file} are {Listed(Made.Names)}, {Listed(Former.Names)} before"
        : rule.ProblemOf(Made.Names) is { } problem ? $"{file} {problem}" : null;

    private string? Difference(int index, string former, string made, TableRow row)
    {
        if (TableText.IsNumber(former, out var before) && TableText.IsNumber(made, out var now))
        {
            var bounds = rule.BoundsOf(index, Made.Names, row);
            return bounds.Hold(before, now) ? null
                : $"{ColumnAt(index)} in {Place(row)}{Label(row)}: {former} → {made}, tolerance {bounds.At(before).ToString("G6", CultureInfo.InvariantCulture)}";
        }

        return TableText.IsNotFinite(former) || TableText.IsNotFinite(made) ? $"{ColumnAt(index)} in {Place(row)}: {Short(former)} → {Short(made)}, which cannot be compared"
            : former != made ? $"text in {Place(row)}: '{Short(former)}' → '{Short(made)}'"
            : null;
    }

    private string Ended(bool isShorter) => FormattableString.Invariant($"{file} {(isShorter ? $"ends after row {_rows}, and went on before" : $"goes on after row {_rows}, and ended there before")}");

    private string Place(TableRow row) => row.HasNumber ? FormattableString.Invariant($"{file} row {_rows}") : file;

    /// <summary>What a row begins with, as the name of an atom or <c>x[ 12]</c>, tells more than its number.</summary>
    private static string Label(TableRow row) => string.Join(' ', row.Cells.TakeWhile(cell => !TableText.IsNumber(cell, out _))) is { Length: > 0 } label ? $" ({Short(label)})" : string.Empty;

    private string ColumnAt(int index) => index < Made.Names.Count && Made.Names[index].Length > 0 ? Made.Names[index] : FormattableString.Invariant($"column {index + 1}");

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "without names" : string.Join(", ", names.Select(name => $"'{name}'"));

    private static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
