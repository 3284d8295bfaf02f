using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Journal;

/// <summary>A line's payload: <c>{"type":"step","data":{…}}</c>.</summary>
internal static class EntryCodec
{
    // Nothing here ends up in a web page, and paths stay readable. Control characters, LF first of all, are still escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(JournalEntry entry, IBufferWriter<byte> target)
    {
        using var writer = new Utf8JsonWriter(target, Options);
        var kind = EntryKind.Of(entry);
        writer.WriteStartObject();
        writer.WriteString("type"u8, kind.Name);
        writer.WritePropertyName("data"u8);
        kind.Write(writer, entry);
        writer.WriteEndObject();
    }

    /// <summary>Reads a payload whose checksum is right.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="place">The file that it stands in, for the message.</param>
    /// <param name="offset">Where its line begins there; null for a file of one line.</param>
    /// <param name="isLean">Whether to leave out what only an explanation needs.</param>
    /// <exception cref="StoreException">
    /// Another version wrote it. Its checksum is right, so it is no damage, and passing over it could hide what it takes back.
    /// </exception>
    public static JournalEntry Read(ReadOnlySpan<byte> payload, string place, long? offset = null, bool isLean = false)
    {
        var type = string.Empty;
        try
        {
            var reader = new Utf8JsonReader(payload);
            Expect(ref reader, JsonTokenType.StartObject);
            Expect(ref reader, JsonTokenType.PropertyName);
            Expect(ref reader, JsonTokenType.String);
            type = reader.GetString()!;
            Expect(ref reader, JsonTokenType.PropertyName);
            reader.Read();
            var kind = EntryKind.Named(type) ?? throw Unknown(place, offset, type, null);
            var entry = isLean ? kind.ReadLean(ref reader) : kind.Read(ref reader);
            Expect(ref reader, JsonTokenType.EndObject);
            return reader.Read() ? throw new JsonException("expected the end") : entry;
        }
        catch (Exception cause) when (cause is JsonException or FormatException or InvalidOperationException)
        {
            throw Unknown(place, offset, type, cause);
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new JsonException($"expected {token}");
        }
    }

    private static StoreException Unknown(string place, long? offset, string type, Exception? cause) => new(
        $"the journal holds a record that this version of ScaleMs does not know: '{type}' at {place}{(offset is null ? string.Empty : $", offset {offset}")}. " +
        "A newer version wrote it: use that one, or name another store folder; nothing was changed",
        cause);
}
