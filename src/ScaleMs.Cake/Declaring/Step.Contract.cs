using System.Text.Json;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>The contract of programs that are written for it: parameters in, log records out, and an exit code for "later".</content>
public sealed partial class Step
{
    /// <summary>The exit code by which a program of the contract asks to be tried again later.</summary>
    public const int LaterExitCode = 42;

    private LogFraming _logFraming;

    /// <summary>
    /// Says that the step's program keeps the contract: it gets its parameters as JSON on standard input, writes log records with levels to standard
    /// error, and ends with 42 when it wants to be tried again later.
    /// </summary>
    /// <remarks>
    /// The text of the parameters is in the key, as <see cref="Answering"/>'s is; the framing is not. Exit code 42 is tried again as
    /// <see cref="RetriesOnExit"/> says, which may be called before with other bounds.
    /// </remarks>
    /// <param name="parameters">Any object that System.Text.Json can write; the last command gets it. Null for none.</param>
    /// <param name="framing">How records are told apart: by lines or by NUL bytes.</param>
    /// <returns>This step.</returns>
    /// <exception cref="InvalidOperationException">There are parameters, and the step has no command yet.</exception>
    public Step Contract(object? parameters = null, LogFraming framing = LogFraming.Lines)
    {
        _logFraming = framing;
        _ = parameters is null ? this : Answering(JsonSerializer.Serialize(parameters, parameters.GetType(), FunctionJson.Options));
        return _retries.LaterExits.Contains(LaterExitCode) ? this : RetriesOnExit(LaterExitCode);
    }
}
