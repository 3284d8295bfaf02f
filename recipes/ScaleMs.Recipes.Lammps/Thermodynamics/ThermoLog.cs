using System.Globalization;

namespace ScaleMs.Recipes.Lammps;

/// <summary>Reads the tables of thermodynamic output in a log.</summary>
/// <remarks>Of <c>thermo_style one</c> and <c>custom</c>, the first column of which is the step. Lines between the rows, such as warnings, do not count. Pure.</remarks>
public static class ThermoLog
{
    /// <summary>Reads all tables.</summary>
    /// <param name="lines">The log's lines.</param>
    /// <returns>
    /// The tables in order. Runs that follow one another with the same columns and go on counting make one table, in which each step stands once; where an interrupted run
    /// was continued, the rows of the later one count.
    /// </returns>
    public static IReadOnlyList<ThermoTable> Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var reader = new Reader();
        foreach (var line in lines)
        {
            reader.Add(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return reader.Tables;
    }

    private sealed class Reader
    {
        private readonly List<Run> _tables = [];
        private bool _isInTable;
        private bool _isFirst;

        public IReadOnlyList<ThermoTable> Tables => [.. _tables.Where(table => table.Rows.Count > 0).Select(table => new ThermoTable(table.Columns, table.Rows))];

        public void Add(string[] words)
        {
            if (words is ["Step", ..])
            {
                (_isInTable, _isFirst) = (true, true);
                _tables.Add(new Run(words));
            }
            else if (_isInTable && words is ["Loop", "time", "of", ..])
            {
                _isInTable = false;
                _tables[^1].HasEnded = true;
            }
            else if (_isInTable && words.Length == _tables[^1].Columns.Length && Array.TrueForAll(words, IsNumber))
            {
                AddRow(words);
            }
        }

        private void AddRow(string[] row)
        {
            if (_isFirst && _tables.Count > 1 && GoesOn(_tables[^2], _tables[^1].Columns, row))
            {
                _tables.RemoveAt(_tables.Count - 1);
                _tables[^1].Rows.RemoveAll(former => StepOf(former) >= StepOf(row));
                _tables[^1].HasEnded = false;
            }

            _isFirst = false;
            _tables[^1].Rows.Add(row);
        }

        /// <summary>A run that ended is followed at its last step; one that was interrupted is continued from an earlier one.</summary>
        private static bool GoesOn(Run before, string[] columns, string[] row) =>
            before.Columns.SequenceEqual(columns, StringComparer.Ordinal) && before.Rows.Count > 0
            && (before.HasEnded ? StepOf(row) == StepOf(before.Rows[^1]) : StepOf(row) >= StepOf(before.Rows[0]));

        private static long StepOf(string[] row) => long.Parse(row[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        private static bool IsNumber(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || word is "nan" or "-nan" or "inf" or "-inf";
    }

    private sealed record Run(string[] Columns)
    {
        public List<string[]> Rows { get; } = [];

        public bool HasEnded { get; set; }
    }
}
