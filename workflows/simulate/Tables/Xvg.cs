using System.Globalization;

namespace Simulate;

/// <summary>Reads the tables that GROMACS writes: columns of numbers; lines that begin with <c>#</c> or <c>@</c> are headers.</summary>
internal static class Xvg
{
    /// <summary>Reads a table.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <returns>The rows, at least one; each with as many columns as its line has.</returns>
    /// <exception cref="FormatException">There is no row, or a column is not a number.</exception>
    public static IReadOnlyList<double[]> Read(IEnumerable<string> lines, string name)
    {
        var rows = lines
            .Where(line => line.Length > 0 && line[0] is not ('#' or '@'))
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => Number(word, name)).ToArray())
            .ToList();
        return rows.Count > 0 ? rows : throw new FormatException($"'{name}' holds no rows: the run before it wrote no frames.");
    }

    private static double Number(string word, string name) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{word}' in '{name}' is not a number.");
}
