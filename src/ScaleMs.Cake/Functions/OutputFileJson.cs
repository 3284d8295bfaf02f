using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleMs;

/// <summary>An output file among arguments is its name in the private directory.</summary>
internal sealed class OutputFileJson : JsonConverter<OutputFile>
{
    public override OutputFile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => FileScope.Output(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, OutputFile value, JsonSerializerOptions options) => writer.WriteStringValue(FileScope.NameOf(value));
}
