using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Tracing;

namespace ScaleMs.Reporting.Files;

/// <summary>The JSON form of what a trace found. Names are a contract: add, never rename.</summary>
internal static class TraceJson
{
    /// <summary>Writes the members of a traced attempt; the caller has opened the object.</summary>
    public static void Write(Utf8JsonWriter json, RunEvent.Traced traced)
    {
        json.WriteString("id", traced.Step.ToString());
        json.WriteStartArray("findings");
        foreach (var finding in traced.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", WordOf(finding.Kind));
            json.WriteString("path", finding.Path);
            json.WriteString("declaration", finding.Declaration.Length == 0 ? null : finding.Declaration);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string WordOf(TraceKind kind) => kind switch
    {
        TraceKind.Read => "read",
        TraceKind.Execute => "execute",
        TraceKind.Write => "write",
        _ => "absent",
    };
}
