namespace ScaleMs;

/// <summary>Takes what a program writes, line by line, for the task that started it.</summary>
/// <param name="output">The task's output.</param>
internal sealed class ProgramStreams(TaskOutput output)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = 2;

    /// <summary>Ends when nobody holds standard output and standard error any more: the program, and whatever it left running with them.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Takes a line of standard output; null is its end.</summary>
    public string? Output(string? line) => Take(line, isError: false);

    /// <summary>Takes a line of standard error; null is its end.</summary>
    public string? Error(string? line) => Take(line, isError: true);

    private string? Take(string? line, bool isError)
    {
        if (line is not null)
        {
            output.Write(isError, line + Environment.NewLine);
        }
        else if (Interlocked.Decrement(ref _open) == 0)
        {
            _ended.TrySetResult();
        }

        // What is given back would be kept for whoever asks the process for its output.
        return null;
    }
}
