using System.Globalization;
using System.Text;

namespace ScaleMs.Reporting.Tests.Support;

/// <summary>A small terminal: what a user would see after the reporter's sequences. Knows only those, and refuses others.</summary>
internal sealed class Screen(int columns, int rows) : StringWriter(CultureInfo.InvariantCulture)
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;

    /// <summary>How often somebody wrote.</summary>
    public int Writes { get; private set; }

    /// <summary>Lines that ran over the right edge.</summary>
    public int Wrapped { get; private set; }

    public int CursorRow => _row;

    /// <summary>The visible rows.</summary>
    public string Text => string.Join('\n', _lines.Select(line => line.ToString().TrimEnd())).TrimEnd('\n');

    public override void Write(string? value) => Take(value ?? string.Empty);

    public override void Write(char value) => Take(value.ToString());

    public override void Write(StringBuilder? value) => Take(value?.ToString() ?? string.Empty);

    private void Take(string text)
    {
        Writes++;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\e')
            {
                var end = text.IndexOfAny(['m', 'J', 'K', 'A'], i);
                Sequence(text[(i + 2)..end], text[end]);
                i = end;
            }
            else
            {
                Put(text[i]);
            }
        }
    }

    private void Put(char letter)
    {
        switch (letter)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                NextRow();
                break;
            default:
                if (_column >= columns)
                {
                    Wrapped++;
                    NextRow();
                }

                var line = _lines[_row];
                line.Length = Math.Max(line.Length, _column + 1);
                line[_column++] = letter;
                break;
        }
    }

    private void NextRow()
    {
        _column = 0;
        if (++_row == _lines.Count)
        {
            _lines.Add(new StringBuilder());
        }
    }

    private void Sequence(string argument, char kind)
    {
        switch (kind)
        {
            case 'J':
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                break;
            case 'K':
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                break;
            case 'A':
                // A real terminal cannot go up into what has scrolled away.
                var up = int.Parse(argument, CultureInfo.InvariantCulture);
                _row -= up < rows ? up : throw new InvalidOperationException("The area is higher than the terminal.");
                break;
            default:
                break;
        }
    }
}
