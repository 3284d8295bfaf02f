namespace ScaleMs.Core.Ports;

/// <summary>A call of a function in a process of its own.</summary>
/// <param name="Text">What to call: the text of the call file.</param>
/// <param name="Command">Starts the process that reads the call file. It ends with 0 once the function has returned.</param>
/// <param name="Environment">Variables that the process needs besides those of the step.</param>
public sealed record FunctionLaunch(string Text, LaunchCommand Command, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Starts a process that makes this call and others; null where the call is to have one of its own.</summary>
    public LaunchCommand? Worker { get; init; }

    /// <summary>Folders and files of this machine that the process needs; absolute.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The name of the call file, in the attempt's directory.</summary>
    public const string CallFile = "call.json";

    /// <summary>The name of the file, beside the call file, that the process writes last: <see cref="Returned"/>, or what the function threw.</summary>
    public const string OutcomeFile = "outcome.txt";

    /// <summary>The name of the file, above the private directory, that holds what the step keeps between its runs; there only where it keeps something.</summary>
    public const string StateFile = "state.json";

    /// <summary>The name of the file, beside <see cref="StateFile"/>, that a function writes what it wants to keep into.</summary>
    public const string NextStateFile = "next-state.json";

    /// <summary>The outcome of a function that returned. Without it the function did not return, whatever the exit code says.</summary>
    public const string Returned = "returned";
}
