using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;

namespace ScaleMs.Reporting.Files;

/// <summary>Reads what <see cref="ResultJson"/> writes. What only a newer version tells is passed over.</summary>
internal static class ResultReader
{
    /// <summary>Reads an instance's result.</summary>
    public static StepResult Step(JsonElement json) => new()
    {
        Id = StepId.Parse(Text(json, "id")),
        Outcome = Enum.TryParse<Outcome>(Text(json, "outcome"), out var outcome) ? outcome : throw new FormatException($"'{Text(json, "outcome")}' is no outcome"),
        Reason = new Reason(Text(json, "reasonCode"), Text(json, "reason")),
        Key = Digest.TryParse(Text(json, "key"), out var key) ? new ActionKey(key) : null,
        WallSeconds = Number(json, "wallSeconds"),
        RecordedSeconds = Number(json, "savedSeconds"),
        Attempts = [.. Enumerable.Range(1, (int)Number(json, "attempts")).Select(number => new AttemptRecord(number, default, 0, string.Empty))],
        Launcher = Text(json, "launcher"),
        IsContinued = Has(json, "isContinued"),
        Outputs = [.. json.GetProperty("outputs").EnumerateArray().Select(output => new OutputSummary(Text(output, "path"), Digest.Parse(Text(output, "digest")), output.GetProperty("bytes").GetInt64()))],
        Metrics = json.TryGetProperty("metrics", out var metrics) && metrics.ValueKind == JsonValueKind.Object ? Metrics(metrics) : null,
        Failure = Failure(json),
        ImportedFrom = Text(json, "importedFrom") is { Length: > 0 } folder ? folder : null,
    };

    /// <summary>Reads the failure of an instance; null when there is none.</summary>
    public static Failure? Failure(JsonElement json) => json.TryGetProperty("failure", out var failure) && failure.ValueKind == JsonValueKind.Object
        ? new Failure(
            Enum.TryParse<FailureClass>(Text(failure, "class"), out var kind) ? kind : FailureClass.ToolError,
            Text(failure, "message"),
            failure.TryGetProperty("exitCode", out var code) && code.ValueKind == JsonValueKind.Number ? code.GetInt32() : null,
            Text(json, "command") is { Length: > 0 } command ? command : null,
            Text(json, "log") is { Length: > 0 } log ? log : null)
        : null;

    /// <summary>Reads the members of a run without its steps.</summary>
    public static RunSummary Run(JsonElement json) =>
        new(Text(json, "run"), Text(json, "target"), Text(json, "outcome"), Number(json, "wallSeconds"), Counts(json.GetProperty("counts")), []);

    /// <summary>A member's text; empty when it is not there.</summary>
    public static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    /// <summary>A member's number; 0 when it is not there.</summary>
    public static double Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

    /// <summary>A member's truth; false when it is not there.</summary>
    public static bool Has(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static StepMetrics Metrics(JsonElement json) => new(
        Number(json, "waitSeconds"), Number(json, "cpuSeconds"), (long)Number(json, "peakMemoryBytes"), (long)Number(json, "inputBytes"), (long)Number(json, "outputBytes"));

    private static RunCounts Counts(JsonElement json)
    {
        int Of(string name) => (int)Number(json, name);
        return new RunCounts(Of("upToDate"), Of("restored"), Of("executed"), Of("failed"), Of("blocked"), Of("skipped"), Of("cancelled"));
    }
}
