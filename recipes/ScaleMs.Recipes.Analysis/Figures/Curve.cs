namespace ScaleMs.Recipes.Analysis;

/// <summary>A curve of a plot.</summary>
/// <param name="Title">What the key says of it.</param>
/// <param name="Table">The table: one whose name ends in <c>.csv</c> has commas and a line of names, any other has blanks and numbers only.</param>
/// <param name="X">The column of the horizontal axis, by number from 1, or by name in a <c>.csv</c>. Default 1.</param>
/// <param name="Y">The column of the vertical axis. Default 2.</param>
public sealed record Curve(string Title, Artifact Table, string X = "1", string Y = "2")
{
    internal bool IsCsv => Table.Path.EndsWith(".csv", StringComparison.Ordinal);

    /// <summary>Whether gnuplot can find a column: a number, or the name of one without quotes.</summary>
    internal bool Has(string column) => IsNumber(column) || (IsCsv && column.Length > 0 && column.IndexOfAny(['"', '\n', '\r', '\\']) < 0);

    /// <summary>How gnuplot is told of the columns. Of a table with a line of names, that line is left out where columns go by number.</summary>
    internal string Using => IsNumber(X) && IsNumber(Y) ? $"{(IsCsv ? "skip 1 " : string.Empty)}using {X}:{Y}" : $"using {Of(X)}:{Of(Y)}";

    private static string Of(string column) => IsNumber(column) ? column : $"\"{column}\"";

    private static bool IsNumber(string column) => column.Length > 0 && column[0] != '0' && column.All(char.IsAsciiDigit);
}
