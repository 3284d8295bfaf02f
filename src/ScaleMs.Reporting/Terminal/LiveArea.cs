using System.Text;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Keeps the status area at the bottom of a terminal and lets lines scroll above it. All ANSI sequences of movement are here.</summary>
/// <remarks>
/// <para>Spectre.Console's Live display was tried and left: its first use costs 60 to 90 ms (the whole null run has under a second), it wants to own
/// the call in which the run happens, it wraps where rows do not fit, and it hides the cursor, which a killed process leaves hidden.</para>
/// <para>Here the cursor is never hidden. Between frames it waits on an empty row above the area, so that there is nothing to restore:
/// a resized window, a line that somebody else prints and a sudden death all leave a usable terminal. A frame is one write.</para>
/// </remarks>
/// <param name="output">The terminal.</param>
/// <param name="frame">Makes the area's lines, each shorter than the terminal is wide.</param>
internal sealed class LiveArea(TextWriter output, Func<IReadOnlyList<string>> frame)
{
    private const string EraseBelow = "\e[J";
    private const string EraseRow = "\e[K";

    private readonly List<string> _pending = [];
    private IReadOnlyList<string> _shown = [];

    /// <summary>Whether an area stands on the terminal.</summary>
    public bool IsShown => _shown.Count > 0;

    /// <summary>Takes a line that is to scroll above the area with the next frame.</summary>
    public void Add(string line) => _pending.Add(line);

    /// <summary>Draws the present frame, unless it is the one that stands there.</summary>
    public void Draw() => Put(frame());

    /// <summary>Takes the area away; the cursor stands at the start of a free row.</summary>
    public void Erase() => Put([]);

    private void Put(IReadOnlyList<string> lines)
    {
        if (_pending.Count == 0 && lines.SequenceEqual(_shown))
        {
            return;
        }

        var text = new StringBuilder("\r");
        if (_pending.Count > 0 || lines.Count == 0)
        {
            text.Append(EraseBelow);
        }

        foreach (var line in _pending)
        {
            text.Append(line).Append('\n');
        }

        Append(text, lines);
        _pending.Clear();
        _shown = lines;
        output.Write(text);
        output.Flush();
    }

    /// <summary>Rows are overwritten rather than erased first, which would flicker.</summary>
    private static void Append(StringBuilder text, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        text.Append(EraseRow);
        foreach (var line in lines)
        {
            text.Append('\n').Append(EraseRow).Append(line);
        }

        text.Append(EraseBelow).Append('\r').Append(System.Globalization.CultureInfo.InvariantCulture, $"\e[{lines.Count}A");
    }
}
