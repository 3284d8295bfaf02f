using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Files;

/// <summary>Writes what a run did as JSON: the contract that scripts and CI read.</summary>
/// <remarks>
/// Every member is always there: <c>metrics</c>, <c>failure</c> and its <c>exitCode</c> are null and <c>key</c> and <c>launcher</c> are empty where there is none.
/// Outcomes and failure classes are the words of the vocabulary (<c>UpToDate</c>, <c>ToolError</c>); <c>attempts</c> is how many there were,
/// and <c>attemptHistory</c>, which is only there when there was more than one, tells each of them.
/// </remarks>
public static class SummaryWriter
{
    private const int Piece = 1 << 16;

    /// <summary>Writes every instance: the file of <c>--summary</c>.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="path">The file; missing directories are made. A device such as <c>/dev/stdout</c> is written in place.</param>
    /// <exception cref="IOException">The file cannot be written; what stood there is untouched.</exception>
    public static void WriteAll(RunSummary summary, string path) => WholeFile.Write(path, stream => Write(summary, stream, _ => true));

    /// <summary>Writes the counts and the instances that were not up to date: <c>runs/&lt;id&gt;/summary.json</c>.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="path">The file; missing directories are made.</param>
    /// <exception cref="IOException">The file cannot be written; what stood there is untouched.</exception>
    public static void WriteChanged(RunSummary summary, string path) =>
        WholeFile.Write(path, stream => Write(summary, stream, result => result.Outcome != Outcome.UpToDate));

    private static void Write(RunSummary summary, Stream stream, Func<StepResult, bool> isWanted)
    {
        using var json = new Utf8JsonWriter(stream, ResultJson.Indented);
        json.WriteStartObject();
        ResultJson.WriteRun(json, summary);
        json.WriteStartArray("steps");
        foreach (var result in summary.Steps.Where(isWanted))
        {
            json.WriteStartObject();
            ResultJson.WriteStep(json, result);
            json.WriteEndObject();
            FlushWhenDue(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The writer hands nothing on by itself, and the summary of a large run is tens of megabytes.</summary>
    private static void FlushWhenDue(Utf8JsonWriter json)
    {
        if (json.BytesPending > Piece)
        {
            json.Flush();
        }
    }
}
