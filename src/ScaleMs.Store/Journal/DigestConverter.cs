using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;

namespace ScaleMs.Store.Journal;

/// <summary>A digest as <c>sha256:…</c>; no digest as null.</summary>
internal sealed class DigestConverter : JsonConverter<Digest>
{
    public override bool HandleNull => true;

    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : Digest.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options)
    {
        if (value.IsNone)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(value.ToString());
        }
    }
}

/// <summary>A key as its digest.</summary>
internal sealed class ActionKeyConverter : JsonConverter<ActionKey>
{
    private static readonly DigestConverter Inner = new();

    public override bool HandleNull => true;

    public override ActionKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Inner.Read(ref reader, typeof(Digest), options));

    public override void Write(Utf8JsonWriter writer, ActionKey value, JsonSerializerOptions options) =>
        Inner.Write(writer, value.Digest, options);
}
