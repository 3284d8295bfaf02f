using System.Globalization;

namespace ScaleMs.Core.Identity;

/// <summary>The bounds of a part of a table: one of column, number and row says which.</summary>
/// <param name="Column">The name of a column.</param>
/// <param name="Number">The number of a column, from 1.</param>
/// <param name="Row">The first field of rows.</param>
/// <param name="Bounds">How far its numbers may be from the former ones.</param>
internal sealed record PartBounds(string? Column, int Number, string? Row, Bounds Bounds)
{
    /// <summary>The form under which it enters keys.</summary>
    public string Text => $"{(Row is not null ? $"rows {QuotedText.Of(Row)}" : Column is not null ? QuotedText.Of(Column) : Number.ToString(CultureInfo.InvariantCulture))}={Bounds.Text}";

    public bool IsOfTheSame(PartBounds other) => (Column, Number, Row) == (other.Column, other.Number, other.Row);

    /// <summary>Whether a field belongs to it.</summary>
    public bool Has(int index, IReadOnlyList<string> names, TableRow row) =>
        Row is not null ? row.Cells[0] == Row
        : Column is not null ? index < names.Count && names[index] == Column
        : Number == index + 1;
}
