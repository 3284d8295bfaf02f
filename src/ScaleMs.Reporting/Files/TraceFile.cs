using System.Text.Json;
using ScaleMs.Core.Events;

namespace ScaleMs.Reporting.Files;

/// <summary>Writes what a run's traced steps used without declaring it: <c>runs/&lt;id&gt;/trace.json</c>. A run that traced nothing leaves none.</summary>
/// <param name="path">Tells the file when the run has ended.</param>
public sealed class TraceFile(Func<string> path) : IRunObserver
{
    private readonly List<RunEvent.Traced> _traced = [];

    /// <inheritdoc/>
    public void On(RunEvent runEvent)
    {
        if (runEvent is RunEvent.Traced traced)
        {
            _traced.Add(traced);
        }
        else if (runEvent is RunEvent.Finished { Summary: var summary } && _traced.Count > 0)
        {
            WholeFile.Write(path(), stream => Write(stream, summary.Run));
        }
    }

    private void Write(Stream stream, string run)
    {
        using var json = new Utf8JsonWriter(stream, ResultJson.Indented);
        json.WriteStartObject();
        json.WriteString("run", run);
        json.WriteStartArray("steps");
        foreach (var traced in _traced)
        {
            json.WriteStartObject();
            TraceJson.Write(json, traced);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
