using System.Text.Json;
using ScaleMs.Core.Graph.Documents;
using ScaleMs.Core.Model;
using ScaleMs.Reporting.Files;

namespace ScaleMs.Reporting.Graphs;

/// <summary>The JSON form of graphs. Member names are a contract: add, never rename; what changes a meaning raises the form's version.</summary>
internal static class GraphJson
{
    public static void Write(Utf8JsonWriter json, GraphDocument graph)
    {
        json.WriteStartObject();
        json.WriteString("form", GraphDocument.Form);
        json.WriteString("target", graph.Target);
        JsonArrays.Write(json, "tasks", graph.Tasks, Write);
        JsonArrays.Write(json, "steps", graph.Steps, Write);
        JsonArrays.Write(json, "instances", graph.Instances, Write);
        JsonArrays.Write(json, "edges", graph.Edges, Write);
        JsonArrays.Write(json, "open", graph.Open, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GraphTask task)
    {
        json.WriteString("name", task.Name);
        JsonArrays.Write(json, "dependsOn", task.DependsOn);
        json.WriteBoolean("plain", task.IsPlain);
    }

    private static void Write(Utf8JsonWriter json, GraphStep step)
    {
        json.WriteString("id", step.ToString());
        json.WriteString("task", step.Task);
        json.WriteString("name", step.Name);
        json.WriteString("recipe", step.Recipe);
        json.WriteNumber("members", step.Members);
    }

    private static void Write(Utf8JsonWriter json, GraphInstance instance)
    {
        json.WriteString("id", instance.Id.ToString());
        json.WriteString("step", (instance.Id with { Member = string.Empty }).ToString());
        json.WriteString("member", instance.Id.Member.Length == 0 ? null : instance.Id.Member);
        json.WriteString("operation", instance.IsFunction ? "function" : "commands");
        JsonArrays.Write(json, "programs", instance.Programs);
        WriteResources(json, instance.Resources);
        JsonArrays.Write(json, "sources", instance.Sources, Write);
        JsonArrays.Write(json, "outputs", instance.Outputs, Write);
    }

    private static void WriteResources(Utf8JsonWriter json, Resources resources)
    {
        json.WriteStartObject("resources");
        json.WriteNumber("cpus", resources.Cpus);
        json.WriteNumber("memoryBytes", resources.MemoryBytes);
        json.WriteNumber("gpus", resources.Gpus);
        if (resources.TimeLimit is { } limit)
        {
            json.WriteNumber("timeLimitSeconds", limit.TotalSeconds);
        }
        else
        {
            json.WriteNull("timeLimitSeconds");
        }

        json.WriteStartObject("tokens");
        foreach (var (name, count) in (resources.Tokens ?? new Dictionary<string, int>()).OrderBy(token => token.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GraphSource source)
    {
        json.WriteString("name", source.Name);
        json.WriteString("path", source.Path);
        json.WriteBoolean("outside", source.IsOutside);
    }

    private static void Write(Utf8JsonWriter json, Output output)
    {
        json.WriteString("path", output.Path.Value);
        json.WriteString("publishedAs", output.PublishTo?.Value);
        json.WriteString("identity", $"{output.Identity.Name}/{output.Identity.Version}");
        json.WriteString("directoryOf", output.Files?.Text);
        json.WriteBoolean("optional", output.IsOptional);
    }

    private static void Write(Utf8JsonWriter json, GraphEdge edge)
    {
        json.WriteString("kind", edge.IsOrderOnly ? "order" : "data");
        json.WriteString("from", edge.From?.ToString());
        json.WriteString("task", edge.Task);
        json.WriteString("to", edge.To.ToString());
        JsonArrays.Write(json, "artifacts", edge.Artifacts, Write);
    }

    private static void Write(Utf8JsonWriter json, GraphArtifact artifact)
    {
        json.WriteString("output", artifact.Output);
        json.WriteString("input", artifact.Input);
    }

    private static void Write(Utf8JsonWriter json, GraphOpening opening)
    {
        json.WriteString("task", opening.Task);
        json.WriteString("until", opening.Until);
        json.WriteString("step", opening.Step.ToString());
    }
}
