namespace ScaleMs.Core.Failures;

/// <summary>Why a step failed; policy and wording depend on it.</summary>
public enum FailureClass
{
    /// <summary>The launcher could not take the action.</summary>
    SubmitError,

    /// <summary>The action was taken but never began.</summary>
    NeverStarted,

    /// <summary>The site took the place away.</summary>
    Preempted,

    /// <summary>The node went away.</summary>
    NodeLost,

    /// <summary>The time limit was reached.</summary>
    TimeLimit,

    /// <summary>The memory limit was reached.</summary>
    OutOfMemory,

    /// <summary>The tool said no: its exit code, or its success rule.</summary>
    ToolError,

    /// <summary>The tool said yes but a declared output is not there.</summary>
    OutputMissing,

    /// <summary>An input changed while the step was reading it.</summary>
    InputChanged,

    /// <summary>The store could not take the result: disk full, no permission, or a user's file where an output would go.</summary>
    StoreError,

    /// <summary>The user, or another step's failure, ended it.</summary>
    Cancelled,
}

/// <summary>A step's failure.</summary>
/// <param name="Class">Why.</param>
/// <param name="Message">What happened, one sentence.</param>
/// <param name="ExitCode">The exit code of the command that failed; null when none ended.</param>
/// <param name="Command">The command that failed, for people; null when none did.</param>
/// <param name="LogPath">The log to read, relative to the workspace; null for none.</param>
/// <param name="LogTail">The log's last lines.</param>
public sealed record Failure(
    FailureClass Class,
    string Message,
    int? ExitCode = null,
    string? Command = null,
    string? LogPath = null,
    IReadOnlyList<string>? LogTail = null)
{
    /// <summary>Whether it will fail in the same way whenever it is tried: a program that is not there, for one.</summary>
    public bool IsLasting { get; init; }
}
