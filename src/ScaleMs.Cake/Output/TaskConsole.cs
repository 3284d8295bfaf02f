using System.Text;

namespace ScaleMs;

/// <summary>Where the output of tasks goes in the end.</summary>
/// <param name="output">Standard output.</param>
/// <param name="errors">Standard error.</param>
/// <param name="inOneBlock">Lets somebody write while nobody else writes.</param>
internal sealed class TaskConsole(TextWriter output, TextWriter errors, Action<Action> inOneBlock)
{
    // In a run that a task started the console is that task's output, whoever writes.
    private readonly TaskOutput? _outer = TaskOutput.Current;

    /// <summary>Lets somebody write while nobody else writes.</summary>
    public void InOneBlock(Action write) => inOneBlock(() => InOuter(write));

    /// <summary>Writes a text when nobody else writes.</summary>
    public void Write(bool isError, string text) => InOneBlock(() => WriteNow(isError, new StringBuilder(text)));

    /// <summary>Writes a part of a block.</summary>
    public void WriteNow(bool isError, StringBuilder text)
    {
        var writer = isError ? errors : output;
        writer.Write(text);
        writer.Flush();
    }

    private void InOuter(Action write)
    {
        var former = TaskOutput.Current;
        TaskOutput.Current = _outer;
        try
        {
            write();
        }
        finally
        {
            TaskOutput.Current = former;
        }
    }
}
