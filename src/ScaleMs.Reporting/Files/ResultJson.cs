using System.Text.Encodings.Web;
using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;

namespace ScaleMs.Reporting.Files;

/// <summary>The JSON form of results, shared by summaries and the event log. Member names are a contract: add, never rename.</summary>
internal static class ResultJson
{
    /// <summary>Reasons hold arrows and quotes: they stay readable. The files are never put into a page unescaped.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonWriterOptions Indented { get; } = Compact with { Indented = true, NewLine = "\n" };

    /// <summary>Writes a summary's members; the caller has opened the object.</summary>
    public static void WriteRun(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteString("run", summary.Run);
        json.WriteString("target", summary.Target);
        json.WriteString("outcome", summary.Outcome);
        WriteSeconds(json, "wallSeconds", summary.WallSeconds);
        WriteCounts(json, summary.Counts);
    }

    /// <summary>Writes a result's members; the caller has opened the object.</summary>
    public static void WriteStep(Utf8JsonWriter json, StepResult result)
    {
        json.WriteString("id", result.Id.ToString());
        json.WriteString("task", result.Id.Task);
        json.WriteString("outcome", result.Outcome.ToString());
        json.WriteString("reason", result.Reason.Text);
        json.WriteString("key", result.Key?.ToString() ?? string.Empty);
        WriteSeconds(json, "wallSeconds", result.WallSeconds);
        json.WriteNumber("attempts", result.Attempts.Count);
        json.WriteString("launcher", result.Launcher);
        WriteOutputs(json, result.Outputs);
        if (result.ImportedFrom is { } folder)
        {
            json.WriteString("importedFrom", folder);
        }

        WriteMetrics(json, result.Metrics);
        WriteFailure(json, result.Failure);
        RetryJson.WriteHistory(json, result.Attempts);
    }

    /// <summary>Writes seconds to the millisecond: more digits than that are noise.</summary>
    public static void WriteSeconds(Utf8JsonWriter json, string name, double seconds) =>
        json.WriteNumber(name, double.IsFinite(seconds) ? Math.Round(seconds, 3) : 0);

    private static void WriteCounts(Utf8JsonWriter json, RunCounts counts)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("upToDate", counts.UpToDate);
        json.WriteNumber("restored", counts.Restored);
        json.WriteNumber("executed", counts.Executed);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("blocked", counts.Blocked);
        json.WriteNumber("skipped", counts.Skipped);
        json.WriteNumber("cancelled", counts.Cancelled);
        json.WriteEndObject();
    }

    private static void WriteOutputs(Utf8JsonWriter json, IReadOnlyList<OutputSummary> outputs)
    {
        json.WriteStartArray("outputs");
        foreach (var output in outputs)
        {
            json.WriteStartObject();
            json.WriteString("path", output.Path);
            json.WriteString("digest", output.Digest.ToString());
            json.WriteNumber("bytes", output.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMetrics(Utf8JsonWriter json, StepMetrics? metrics)
    {
        if (metrics is null)
        {
            json.WriteNull("metrics");
            return;
        }

        json.WriteStartObject("metrics");
        WriteSeconds(json, "waitSeconds", metrics.WaitSeconds);
        WriteSeconds(json, "cpuSeconds", metrics.CpuSeconds);
        json.WriteNumber("peakMemoryBytes", metrics.PeakMemoryBytes);
        json.WriteNumber("inputBytes", metrics.InputBytes);
        json.WriteNumber("outputBytes", metrics.OutputBytes);
        json.WriteEndObject();
    }

    public static void WriteFailure(Utf8JsonWriter json, Failure? failure)
    {
        if (failure is null)
        {
            json.WriteNull("failure");
            return;
        }

        json.WriteStartObject("failure");
        json.WriteString("class", failure.Class.ToString());
        WriteExitCode(json, failure.ExitCode);
        json.WriteString("message", failure.Message);
        json.WriteEndObject();
    }

    private static void WriteExitCode(Utf8JsonWriter json, int? exitCode)
    {
        if (exitCode is { } code)
        {
            json.WriteNumber("exitCode", code);
        }
        else
        {
            json.WriteNull("exitCode");
        }
    }
}
