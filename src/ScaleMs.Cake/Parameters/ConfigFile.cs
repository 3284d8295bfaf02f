using System.Globalization;
using System.Text.Json;

namespace ScaleMs;

/// <summary>A JSON file of parameters: an object of names and values. Each value knows the line that its name stands in.</summary>
internal static class ConfigFile
{
    private static readonly JsonReaderOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">What it holds.</param>
    /// <param name="file">Its name, for people.</param>
    /// <param name="take">Takes each name with its value, in the order of the file.</param>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    /// <exception cref="FormatException">A list cannot be a parameter's; the message ends a sentence that begins with the file.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, string file, Action<string, ParameterValue> take)
    {
        var reader = new Utf8JsonReader(WithoutMark(bytes), s_options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var line = 1 + WithoutMark(bytes)[..(int)reader.TokenStartIndex].Count((byte)'\n');
            reader.Read();
            using var value = JsonDocument.ParseValue(ref reader);
            take(name, new ParameterValue(TextOf(value.RootElement), string.Create(CultureInfo.InvariantCulture, $"file {file}:{line}")));
        }

        if (reader.Read())
        {
            throw new JsonException();
        }
    }

    /// <summary>Some editors begin a file with a mark of its encoding.</summary>
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;

    private static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array => string.Join(',', element.EnumerateArray().Select(ElementOf)),
        _ => element.GetRawText(),
    };

    /// <summary>A comma would make two elements of one.</summary>
    private static string ElementOf(JsonElement element) => element.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object) && TextOf(element) is var text && !text.Contains(',', StringComparison.Ordinal)
        ? text
        : throw new FormatException($"has a list with the element {element.GetRawText()}: elements are texts without commas, numbers, true and false");
}
