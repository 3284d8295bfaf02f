using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleMs.Core.Model;

namespace ScaleMs.Store.Journal;

/// <summary>A step id as <c>task/step[member]</c>; as its three parts where the text would be read back as another id.</summary>
internal sealed class StepIdConverter : JsonConverter<StepId>
{
    public override bool HandleNull => true;

    public override StepId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return StepId.Parse(reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A step id is a text or three texts.");
        }

        var id = new StepId(NextText(ref reader), NextText(ref reader), NextText(ref reader));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? id : throw new JsonException("A step id has three parts.");
    }

    public override void Write(Utf8JsonWriter writer, StepId value, JsonSerializerOptions options)
    {
        var text = value.ToString();
        if (StepId.Parse(text) == value)
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartArray();
        writer.WriteStringValue(value.Task);
        writer.WriteStringValue(value.Step);
        writer.WriteStringValue(value.Member);
        writer.WriteEndArray();
    }

    private static string NextText(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A step id has three parts.");
}

/// <summary>A path as its text.</summary>
internal sealed class ArtifactPathConverter : JsonConverter<ArtifactPath>
{
    public override bool HandleNull => true;

    public override ArtifactPath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ArtifactPath.Parse(reader.GetString() ?? string.Empty);

    public override void Write(Utf8JsonWriter writer, ArtifactPath value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
