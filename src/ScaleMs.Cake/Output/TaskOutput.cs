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

    /// <summary>Writes everything to where it was to go, in the order in which it was written.</summary>
    public void WriteTo(TextWriter output, TextWriter errors)
    {
        lock (_gate)
        {
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
