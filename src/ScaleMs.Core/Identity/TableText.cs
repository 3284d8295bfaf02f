using System.Globalization;

namespace ScaleMs.Core.Identity;

/// <summary>Fields of a line, and what is a number.</summary>
internal static class TableText
{
    /// <summary>Between the numbers of a line of blanks, and of a vector as <c>gmx dump</c> prints it: <c>x[ 0]={ 1.0e+00, 2.0e+00}</c>.</summary>
    private static readonly char[] OfBlanks = [' ', '=', '\r', '\v', '\f'];

    private static readonly char[] OfVectors = [.. OfBlanks, '\t', '{', '}'];

    private static readonly string[] NotFinite = ["nan", "inf", "infinity", "∞"];

    /// <summary>
    /// Cuts a line into fields. Where a comma, a semicolon or a tabulator separates, an empty field counts, so that no number is taken for
    /// that of another column; blanks separate however many there are.
    /// </summary>
    public static IReadOnlyList<string> Split(string line) =>
        line.Contains("={", StringComparison.Ordinal) ? WordsBetween(',', line, OfVectors)
        : line.Contains(',', StringComparison.Ordinal) ? Delimited(line, ',')
        : line.Contains(';', StringComparison.Ordinal) ? Delimited(line, ';')
        : line.Contains('\t', StringComparison.Ordinal) ? WordsBetween('\t', line, OfBlanks)
        : Words(line, OfBlanks);

    /// <summary>Whether a field is a finite number.</summary>
    public static bool IsNumber(string cell, out double value) =>
        double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Whether a field stands for a number that is not finite, as programs print it, or is too large to be one.</summary>
    public static bool IsNotFinite(string cell)
    {
        var word = cell.AsSpan().TrimStart("+-");
        var end = word.IndexOf('(');
        var name = (end < 0 ? word : word[..end]).ToString();
        return NotFinite.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsFinite(value));
    }

    private static IReadOnlyList<string> WordsBetween(char delimiter, string line, char[] separators) =>
        [.. Delimited(line, delimiter).SelectMany(cell => cell.StartsWith('"') ? [cell] : Words(cell, separators) is { Length: > 0 } words ? words : [string.Empty])];

    private static string[] Words(string line, char[] separators) => line.Split(separators, StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Delimited(string line, char delimiter)
    {
        var (cells, begin, isQuoted) = (new List<string>(), 0, false);
        for (var i = 0; i < line.Length; i++)
        {
            isQuoted ^= line[i] == '"';
            if (line[i] == delimiter && !isQuoted)
            {
                cells.Add(line[begin..i].Trim());
                begin = i + 1;
            }
        }

        cells.Add(line[begin..].Trim());
        return cells;
    }
}
