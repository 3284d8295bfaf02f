using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleMs;

/// <summary>An input file among arguments is its name in the private directory.</summary>
internal sealed class InputFileJson : JsonConverter<InputFile>
{
    public override InputFile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => FileScope.Input(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, InputFile value, JsonSerializerOptions options) => writer.WriteStringValue(FileScope.NameOf(value));
}
