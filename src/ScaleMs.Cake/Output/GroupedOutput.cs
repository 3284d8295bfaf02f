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
    private readonly Action<Action> _printBlock;
    private readonly RoutedHeadings _headings;

    /// <summary>Takes the console over until it is disposed.</summary>
    /// <param name="printBlock">Writes a block while nobody else writes.</param>
    public GroupedOutput(Action<Action> printBlock)
    {
        _printBlock = printBlock;
        Console.SetOut(new RoutedWriter(_output, isError: false));
        Console.SetError(new RoutedWriter(_errors, isError: true));
        _headings = new RoutedHeadings();
    }

    /// <summary>Runs a task whose output is to be one block.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        var output = new TaskOutput();
        TaskOutput.Current = output;
        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            TaskOutput.Current = null;
            if (!output.IsEmpty)
            {
                _printBlock(() => output.WriteTo(_output, _errors));
            }
        }
    }

    public void Dispose()
    {
        _headings.Dispose();
        Console.SetOut(_output);
        Console.SetError(_errors);
    }
}
