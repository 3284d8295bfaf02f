namespace ScaleMs.Core.Identity;

/// <summary>Reads a table of numbers line by line: what counts of it, and what its columns are called. Holds no more than what names columns.</summary>
public sealed class TableReader
{
    private readonly ColumnNames _found = new();

    /// <summary>The names of the columns, known with the first row that has a number; none where the table names none.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>Whether a number came, so that the names are known.</summary>
    public bool HasNumbers { get; private set; }

    /// <summary>Takes the next line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <returns>What counts of it; null when nothing does.</returns>
    public TableRow? Take(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        if (line[0] == '#')
        {
            _found.TakeComment(line);
            return null;
        }

        return line[0] == '@' ? Directive(line) : Row(TableText.Split(line));
    }

    /// <summary>A line that tells a plotting program what to draw: titles, axes, legends.</summary>
    private TableRow Directive(string line)
    {
        _found.TakeDirective(line);
        return new TableRow([line.TrimEnd()], false);
    }

    private TableRow Row(IReadOnlyList<string> cells)
    {
        var row = new TableRow(cells, cells.Any(cell => TableText.IsNumber(cell, out _)));
        if (HasNumbers)
        {
            return row;
        }

        HasNumbers = row.HasNumber;
        if (HasNumbers)
        {
            Names = _found.For(cells.Count);
        }
        else
        {
            _found.TakeText(cells);
        }

        return row;
    }
}
