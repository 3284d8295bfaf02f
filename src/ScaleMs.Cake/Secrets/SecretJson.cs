using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleMs;

/// <summary>A secret among arguments of a function is its name; anywhere else it is the text that stands for it.</summary>
internal sealed class SecretJson : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => FileScope.Secret(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(FileScope.TextOf(value));
}
