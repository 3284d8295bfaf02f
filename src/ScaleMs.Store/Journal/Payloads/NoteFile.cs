using System.Buffers;
using System.Text.Json;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>Small files of one object each, which other versions may have written: members that this one does not know are passed over.</summary>
internal static class NoteFile
{
    public static byte[] Encode(bool isIndented, Action<Utf8JsonWriter> writeMembers)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(content, new JsonWriterOptions { Indented = isIndented }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return content.WrittenSpan.ToArray();
    }

    /// <summary>Reads a note; null for anything that is none.</summary>
    public static T? TryDecode<T>(ReadOnlySpan<byte> content, ElementReader<T> read)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(content);
            reader.Read();
            var note = read(ref reader);
            return reader.Read() ? null : note;
        }
        catch (Exception cause) when (cause is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
