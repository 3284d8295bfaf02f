using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Events;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Reporting.Files;

/// <summary>Reads what <see cref="SummaryWriter"/> writes.</summary>
public static class SummaryReader
{
    /// <summary>Reads a summary.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The run; null when the file is gone or is no summary.</returns>
    public static KeptRun? TryRead(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var run = json.RootElement;
            return new KeptRun(
                Text(run, "run"), Text(run, "target"), Text(run, "outcome"), run.GetProperty("wallSeconds").GetDouble(),
                [.. run.GetProperty("steps").EnumerateArray().Select(Step)]);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static KeptStep Step(JsonElement step) => new(
        StepId.Parse(Text(step, "id")), Text(step, "outcome"), Text(step, "reason"),
        Digest.TryParse(Text(step, "key"), out var key) ? new ActionKey(key) : null,
        step.GetProperty("wallSeconds").GetDouble(),
        [.. step.GetProperty("outputs").EnumerateArray().Select(output => new OutputSummary(Text(output, "path"), Digest.Parse(Text(output, "digest")), output.GetProperty("bytes").GetInt64()))],
        step.GetProperty("failure") is { ValueKind: JsonValueKind.Object } failure ? Text(failure, "message") : null);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? string.Empty;
}
