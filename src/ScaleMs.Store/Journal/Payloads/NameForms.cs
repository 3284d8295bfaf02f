using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>
/// The forms of names: a digest as <c>sha256:…</c>, none as null; a key as its digest; a path as its text; a step id as
/// <c>task/step[member]</c>, or as its three parts where the text would be read back as another id.
/// </summary>
internal static class NameForms
{
    public static void WriteDigest(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Digest value)
    {
        if (value.IsNone)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, value.ToString());
        }
    }

    public static void WriteKey(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ActionKey value) => writer.WriteDigest(name, value.Digest);

    public static void WritePath(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ArtifactPath value) => writer.WriteString(name, value.Value);

    public static void WriteStep(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, StepId value)
    {
        var text = value.ToString();
        if (StepId.Parse(text) == value)
        {
            writer.WriteString(name, text);
            return;
        }

        writer.WriteStartArray(name);
        writer.WriteStringValue(value.Task);
        writer.WriteStringValue(value.Step);
        writer.WriteStringValue(value.Member);
        writer.WriteEndArray();
    }

    public static Digest ReadDigest(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? default : Digest.Parse(reader.GetString()!);

    public static ArtifactPath ReadPath(ref Utf8JsonReader reader) =>
        ArtifactPath.Parse(reader.GetString() ?? string.Empty);

    public static StepId ReadStep(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return StepId.Parse(reader.GetString()!);
        }

        reader.Require(JsonTokenType.StartArray);
        var id = new StepId(NextText(ref reader), NextText(ref reader), NextText(ref reader));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? id : throw new JsonException("A step id has three parts.");
    }

    private static string NextText(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A step id has three parts.");
}
