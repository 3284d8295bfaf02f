using System.Text.Json;
using Xunit;

namespace ScaleMs.Reporting.Tests.Support;

/// <summary>As much of JSON Schema as the published files use: types, required and closed members, items, enumerations.</summary>
internal static class PublishedSchema
{
    public static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "docs", name)));

    /// <summary>Fails where a document does not fit, or where the schema knows less or more than the document has.</summary>
    public static void AssertFits(JsonElement value, JsonElement schema, string where)
    {
        // Every integer is a number.
        Assert.Contains(TypeOf(value), Types(schema.GetProperty("type")).SelectMany(type => type == "number" ? [type, "integer"] : new[] { type }));
        if (schema.TryGetProperty("enum", out var choices))
        {
            Assert.Contains(value.GetString(), choices.EnumerateArray().Select(choice => choice.GetString()));
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            Assert.All(value.EnumerateArray(), item => AssertFits(item, schema.GetProperty("items"), where + "[]"));
        }
        else if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            AssertMembersFit(value, schema, properties, where);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            Assert.All(value.EnumerateObject(), member => AssertFits(member.Value, schema.GetProperty("additionalProperties"), $"{where}.{member.Name}"));
        }
    }

    private static void AssertMembersFit(JsonElement value, JsonElement schema, JsonElement properties, string where)
    {
        var members = value.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Equal(members, properties.EnumerateObject().Select(member => member.Name));
        Assert.Equal(members, schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.All(value.EnumerateObject(), member => AssertFits(member.Value, properties.GetProperty(member.Name), $"{where}.{member.Name}"));
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.GetRawText().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
        _ => "null",
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
