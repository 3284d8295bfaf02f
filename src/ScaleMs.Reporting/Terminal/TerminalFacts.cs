using System.Text;

namespace ScaleMs.Reporting.Terminal;

/// <summary>What decides how a run can be shown.</summary>
/// <param name="IsTerminal">Whether standard output is a terminal that understands ANSI sequences.</param>
/// <param name="IsCi">Whether a CI system keeps the output: no redrawing, whatever the terminal says.</param>
/// <param name="ForbidsColour">Whether the user wants none anywhere (<c>NO_COLOR</c>, see no-color.org).</param>
public sealed record TerminalFacts(bool IsTerminal, bool IsCi, bool ForbidsColour)
{
    /// <summary>Reads them from this process.</summary>
    /// <returns>The facts.</returns>
    public static TerminalFacts OfProcess() =>
        Of(!Console.IsOutputRedirected && AnsiOnWindows.IsThere(), Environment.GetEnvironmentVariable);

    /// <summary>Reads them from variables.</summary>
    /// <param name="isTerminal">Whether standard output is a terminal.</param>
    /// <param name="variable">Gives an environment variable's value, null when it is not set.</param>
    /// <returns>The facts.</returns>
    public static TerminalFacts Of(bool isTerminal, Func<string, string?> variable) => new(
        isTerminal && variable("TERM") is not "dumb",
        variable("CI") is not (null or "" or "0" or "false"),
        !string.IsNullOrEmpty(variable("NO_COLOR")));

    /// <summary>Opens standard output for a reporter: UTF-8, and a frame of the live area goes out in one piece.</summary>
    /// <returns>A writer that the caller flushes; several milliseconds cheaper than <see cref="Console.Out"/>.</returns>
    public static TextWriter OpenOutput() =>
        new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024);
}
