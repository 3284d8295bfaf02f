using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>All that a user needs about a failed step in one block. Never cut: command and log are there to be copied.</summary>
internal static class FailureBlock
{
    private const int MostLogLines = 20;

    public static IEnumerable<string> Of(StepResult result, Palette palette)
    {
        yield return new Line("failed", Ink.Bad, $"{result.Id}{After(result)}{Attempts(result)}").Render(palette);
        if (result.Failure is not { } failure)
        {
            yield return Fact("what", result.Reason.Text);
            yield break;
        }

        yield return Fact("what", $"{failure.Class}: {failure.Message}");
        foreach (var line in Facts(failure))
        {
            yield return line;
        }

        foreach (var line in Tail(failure))
        {
            yield return $"            {palette.Paint(Ink.Faint, $"| {Printable.Of(line)}".TrimEnd())}";
        }

        yield return Fact("again", "correct the cause, then give the same command line: it runs only what is missing");
    }

    private static IEnumerable<string> Facts(Failure failure)
    {
        if (failure.ExitCode is { } exitCode)
        {
            yield return Fact("exit code", FormattableString.Invariant($"{exitCode}"));
        }

        if (failure.Command is { } command)
        {
            yield return Fact("command", command);
        }

        if (LogFact(failure) is { Length: > 0 } log)
        {
            yield return Fact("log", log);
        }
    }

    private static string LogFact(Failure failure)
    {
        var lines = Tail(failure).Count;
        var tail = (lines, failure.LogTail) switch
        {
            (> 0, _) => $"its last {Human.Count(lines, "line")}:",
            (_, not null) => "which is empty",
            _ => string.Empty,
        };
        return string.Join(", ", new[] { failure.LogPath ?? string.Empty, tail }.Where(part => part.Length > 0));
    }

    private static List<string> Tail(Failure failure) => (failure.LogTail ?? []).TakeLast(MostLogLines).ToList();

    /// <summary>A step that could not even begin took no time.</summary>
    private static string After(StepResult result) => result.WallSeconds > 0 ? $" after {Human.Duration(result.WallSeconds)}" : string.Empty;

    private static string Attempts(StepResult result) =>
        result.Attempts.Count > 1 ? FormattableString.Invariant($", {result.Attempts.Count} attempts") : string.Empty;

    private static string Fact(string name, string text) => $"  {name,-10}{Printable.Of(text)}";
}
