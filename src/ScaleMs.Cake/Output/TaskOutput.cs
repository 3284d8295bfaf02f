using System.Text;

namespace ScaleMs;

/// <summary>What a plain task that runs beside others wrote, kept until it has ended.</summary>
internal sealed class TaskOutput
{
    private static readonly AsyncLocal<TaskOutput?> Running = new();
    private readonly Lock _gate = new();
    private readonly List<OutputPart> _parts = [];

    /// <summary>The output of the task whose code calls, on whatever thread it goes on; null where none is kept.</summary>
    public static TaskOutput? Current
    {
        get => Running.Value;
        set => Running.Value = value;
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _parts.Count == 0;
            }
        }
    }

    /// <summary>Keeps text for standard output or standard error.</summary>
    public void Write(bool isError, ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            if (_parts.Count == 0 || _parts[^1].IsError != isError)
            {
                _parts.Add(new OutputPart(isError, new StringBuilder()));
            }

            _parts[^1].Text.Append(text);
        }
    }

    /// <summary>Ends the last lines of standard output and standard error where they are not, so that what comes next begins at the start of one.</summary>
    public void EndLines()
    {
        lock (_gate)
        {
            foreach (var last in _parts.GroupBy(part => part.IsError).Select(parts => parts.Last()).Where(part => part.Text is [.., not '\n']).ToList())
            {
                Write(last.IsError, Environment.NewLine);
            }
        }
    }

    /// <summary>Writes everything to where it was to go, in the order in which it was written, and ends the last line.</summary>
    public void WriteTo(TextWriter output, TextWriter errors)
    {
        lock (_gate)
        {
            EndLines();
            foreach (var part in _parts)
            {
                var writer = part.IsError ? errors : output;
                writer.Write(part.Text);
                writer.Flush();
            }
        }
    }

    private sealed record OutputPart(bool IsError, StringBuilder Text);
}
