using System.Text;

namespace ScaleMs;

/// <summary>What a plain task that runs beside others writes: kept until it has ended, then written as one block; what comes later is passed on.</summary>
internal sealed class TaskOutput
{
    private static readonly AsyncLocal<TaskOutput?> Running = new();
    private readonly Lock _gate = new();
    private readonly List<OutputPart> _parts = [];
    private TaskConsole? _console;

    /// <summary>The output of the task whose code calls, on whatever thread it goes on; null where none is kept.</summary>
    public static TaskOutput? Current
    {
        get => Running.Value;
        set => Running.Value = value;
    }

    /// <summary>Whether the block was written.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _console is not null;
            }
        }
    }

    /// <summary>Takes text for standard output or standard error.</summary>
    public void Write(bool isError, ReadOnlySpan<char> text)
    {
        if (!TryKeep(isError, text))
        {
            // Outside the gate: the console is locked first and the gate after it when the block is written.
            _console!.Write(isError, text.ToString());
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

    /// <summary>Writes everything to where it was to go, in the order in which it was written, and ends the last line. From then on nothing is kept.</summary>
    public void Close(TaskConsole console) => console.InOneBlock(() =>
    {
        lock (_gate)
        {
            EndLines();
            _parts.ForEach(part => console.WriteNow(part.IsError, part.Text));
            _parts.Clear();
            _console = console;
        }
    });

    private bool TryKeep(bool isError, ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            if (_console is not null)
            {
                return false;
            }

            if (_parts.Count == 0 || _parts[^1].IsError != isError)
            {
                _parts.Add(new OutputPart(isError, new StringBuilder()));
            }

            _parts[^1].Text.Append(text);
            return true;
        }
    }

    private sealed record OutputPart(bool IsError, StringBuilder Text);
}
