using System.Text.Json;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;

namespace ScaleMs.Reporting.Control;

/// <summary>How a run ended, from its summary.</summary>
internal static class SummaryStatus
{
    /// <summary>Reads a summary; null when the file is gone or is no summary.</summary>
    public static RunStatus? TryRead(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Of(json.RootElement, File.GetLastWriteTimeUtc(path));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static RunStatus Of(JsonElement json, DateTime writtenAt)
    {
        var run = ResultReader.Run(json);
        var failed = json.GetProperty("steps").EnumerateArray().Where(step => ResultReader.Text(step, "outcome") == nameof(Outcome.Failed));
        return new RunStatus
        {
            State = RunState.Ended,
            Source = "summary",
            At = writtenAt,
            Run = run.Run,
            Target = run.Target,
            StartedAt = new DateTimeOffset(writtenAt).AddSeconds(-run.WallSeconds),
            Counts = run.Counts,
            Outcome = run.Outcome,
            Failed = [.. failed.Select(ResultReader.Step).Select(FailedStatus.Of)],
        };
    }
}
