using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of a pair: <c>{"key":…,"value":…}</c>.</summary>
internal static class PairForms
{
    public static void Write(Utf8JsonWriter writer, KeyValuePair<string, string> pair)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, pair.Key);
        writer.WriteString("value"u8, pair.Value);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, KeyValuePair<string, Digest> pair)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, pair.Key);
        writer.WriteDigest("value"u8, pair.Value);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, KeyValuePair<string, FileStat> pair)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, pair.Key);
        writer.WritePropertyName("value"u8);
        FileStatForm.Write(writer, pair.Value);
        writer.WriteEndObject();
    }

    public static KeyValuePair<string, string> ReadText(ref Utf8JsonReader reader)
    {
        (string key, string value) = (null!, null!);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("key"u8, ref key) || reader.Take("value"u8, ref value) || reader.Refuse();
        }

        return new(PayloadReading.Needed(key, "key"), PayloadReading.Needed(value, "value"));
    }

    public static KeyValuePair<string, Digest> ReadIdentity(ref Utf8JsonReader reader)
    {
        (string key, Digest value) = (null!, default);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("key"u8, ref key) || reader.Take("value"u8, ref value) || reader.Refuse();
        }

        return new(PayloadReading.Needed(key, "key"), value);
    }

    public static KeyValuePair<string, FileStat> ReadFile(ref Utf8JsonReader reader)
    {
        (string key, FileStat value) = (null!, default);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("key"u8, ref key) || reader.Take("value"u8, ref value) || reader.Refuse();
        }

        return new(PayloadReading.Needed(key, "key"), value);
    }
}
