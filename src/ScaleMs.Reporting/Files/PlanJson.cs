using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Selection;

namespace ScaleMs.Reporting.Files;

/// <summary>The JSON form of plans. Member names are a contract: add, never rename; what changes a meaning raises the form's version.</summary>
internal static class PlanJson
{
    public static void Write(Utf8JsonWriter json, PlanDocument plan)
    {
        json.WriteStartObject();
        json.WriteString("form", PlanDocument.Form);
        json.WriteString("target", plan.Target);
        json.WriteString("workspace", plan.Workspace);
        WritePairs(json, "parameters", plan.Parameters);
        WriteSelection(json, plan.Selection);
        JsonArrays.Write(json, "sources", plan.Sources, Write);
        JsonArrays.Write(json, "tools", plan.Tools, Write);
        JsonArrays.Write(json, "steps", plan.Steps, Write);
        JsonArrays.Write(json, "open", plan.Open, Write);
        json.WriteEndObject();
    }

    /// <summary>The form that a document names; empty when it names none.</summary>
    public static string FormOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("form", out var form) && form.ValueKind == JsonValueKind.String ? form.GetString()! : throw new FormatException();

    public static PlanDocument Read(JsonElement root) => new()
    {
        Target = Text(root, "target"),
        Workspace = Text(root, "workspace"),
        Parameters = Pairs(root.GetProperty("parameters")),
        Selection = ReadSelection(root.GetProperty("selection")),
        Sources = List(root, "sources", source => new PlanSource(Text(source, "path"), Text(source, "rule"), Text(source, "digest"))),
        Tools = List(root, "tools", tool => new PlanTool(Text(tool, "name"), Pairs(tool.GetProperty("fingerprint")))),
        Steps = List(root, "steps", ReadEntry),
        Open = List(root, "open", ReadOpening),
    };

    private static void Write(Utf8JsonWriter json, PlanSource source)
    {
        json.WriteString("path", source.Path);
        json.WriteString("rule", source.Rule);
        json.WriteString("digest", source.Digest);
    }

    private static void Write(Utf8JsonWriter json, PlanTool tool)
    {
        json.WriteString("name", tool.Name);
        WritePairs(json, "fingerprint", tool.Fingerprint);
    }

    private static void Write(Utf8JsonWriter json, PlanOpening opening)
    {
        json.WriteString("task", opening.Task);
        json.WriteString("until", opening.Until);
        json.WriteString("place", opening.Place);
        json.WriteNumber("parts", opening.Parts);
    }

    /// <summary>A plan that knows of no places was written before there were any.</summary>
    private static PlanOpening ReadOpening(JsonElement opening) =>
        new(Text(opening, "task"), Text(opening, "until"), opening.TryGetProperty("place", out var place) ? place.GetString()! : string.Empty)
        {
            Parts = opening.TryGetProperty("parts", out var parts) ? parts.GetInt32() : 1,
        };

    private static void Write(Utf8JsonWriter json, PlanEntry entry)
    {
        json.WriteString("id", entry.Id);
        json.WriteString("verdict", WordOf(entry.Kind));
        json.WriteString("code", entry.Reason.Code);
        json.WriteString("reason", entry.Reason.Text);
        json.WriteString("key", entry.Key?.ToString());
        json.WriteString("declaration", entry.Declaration);
        json.WriteString("lastRun", entry.LastRun);
        WriteSeconds(json, entry.Seconds);
    }

    private static void WriteSeconds(Utf8JsonWriter json, double? seconds)
    {
        if (seconds is { } known)
        {
            ResultJson.WriteSeconds(json, "seconds", known);
        }
        else
        {
            json.WriteNull("seconds");
        }
    }

    private static PlanEntry ReadEntry(JsonElement entry) => new(Text(entry, "id"), KindOf(Text(entry, "verdict")), new Reason(Text(entry, "code"), Text(entry, "reason")))
    {
        Key = entry.GetProperty("key").GetString() is { } key ? new ActionKey(Digest.Parse(key)) : null,
        Declaration = Text(entry, "declaration"),
        LastRun = entry.GetProperty("lastRun").GetString(),
        Seconds = entry.GetProperty("seconds") is { ValueKind: JsonValueKind.Number } seconds ? seconds.GetDouble() : null,
    };

    private static void WriteSelection(Utf8JsonWriter json, StepSelection selection)
    {
        json.WriteStartObject("selection");
        JsonArrays.Write(json, "only", selection.Only.Select(pattern => pattern.Text));
        JsonArrays.Write(json, "from", selection.From.Select(pattern => pattern.Text));
        JsonArrays.Write(json, "skip", selection.Skip.Select(pattern => pattern.Text));
        JsonArrays.Write(json, "rerun", selection.Rerun.Select(pattern => pattern.Text));
        json.WriteEndObject();
    }

    private static StepSelection ReadSelection(JsonElement selection) => new()
    {
        Only = Patterns(selection, "only"),
        From = Patterns(selection, "from"),
        Skip = Patterns(selection, "skip"),
        Rerun = Patterns(selection, "rerun"),
    };

    private static List<StepPattern> Patterns(JsonElement selection, string name) => List(selection, name, pattern => new StepPattern(pattern.GetString()!));

    private static void WritePairs(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static List<KeyValuePair<string, string>> Pairs(JsonElement element) => [.. element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!))];

    private static List<T> List<T>(JsonElement element, string name, Func<JsonElement, T> read) => [.. element.GetProperty(name).EnumerateArray().Select(read)];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException();

    private static string WordOf(PlanKind kind) => kind switch
    {
        PlanKind.UpToDate => "upToDate",
        PlanKind.Restore => "restore",
        PlanKind.Certain => "execute",
        PlanKind.Possible => "perhaps",
        PlanKind.LeftOut => "leftOut",
        _ => "blocked",
    };

    private static PlanKind KindOf(string word) => Enum.GetValues<PlanKind>().First(kind => WordOf(kind) == word);
}
