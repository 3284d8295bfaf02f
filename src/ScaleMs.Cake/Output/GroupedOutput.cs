namespace ScaleMs;

/// <summary>Keeps apart what plain tasks write that run beside each other: each task's output comes as one block when the task has ended.</summary>
/// <remarks>
/// It reaches what goes through <see cref="Console"/>, Cake's log and headings, and the programs that Cake's process runner starts. What a task writes to the
/// process's streams itself, or lets a program of its own inherit, it does not.
/// </remarks>
internal sealed class GroupedOutput : IDisposable
{
    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _errors = Console.Error;
    private readonly Lock _printing = new();
    private readonly TaskConsole _console;
    private readonly RoutedHeadings _headings;

    /// <summary>Takes the console over until it is disposed.</summary>
    /// <param name="printBlock">Writes a block while nobody else writes; null where only tasks write.</param>
    public GroupedOutput(Action<Action>? printBlock = null)
    {
        _console = new TaskConsole(_output, _errors, printBlock ?? Print);
        Console.SetOut(new RoutedWriter(_output, isError: false));
        Console.SetError(new RoutedWriter(_errors, isError: true));
        _headings = new RoutedHeadings();
    }

    /// <summary>Runs a task whose output is to be one block.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        var (output, outer) = (new TaskOutput(), TaskOutput.Current);
        TaskOutput.Current = output;
        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            TaskOutput.Current = outer;
            output.Close(_console);
        }
    }

    public void Dispose()
    {
        _headings.Dispose();
        Console.SetOut(_output);
        Console.SetError(_errors);
    }

    private void Print(Action write)
    {
        lock (_printing)
        {
            write();
        }
    }
}
