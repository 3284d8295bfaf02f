using System.Text.Json;

namespace ScaleMs;

/// <summary>Reads the list of members that a step wrote.</summary>
internal static class MemberList
{
    /// <summary>One member a line, or the elements of a JSON array of strings and numbers.</summary>
    public static IReadOnlyList<string> Read(string text) => text.TrimStart().StartsWith('[') ? Elements(text) : Lines(text);

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static List<string> Elements(string text)
    {
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(Member)];
    }

    private static string Member(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetRawText(),
        _ => throw new FormatException($"the list holds {element.GetRawText()}, which is no name of a member: its elements are strings and numbers"),
    };
}
