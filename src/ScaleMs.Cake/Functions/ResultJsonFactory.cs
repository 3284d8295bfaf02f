using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleMs;

/// <summary>A result among arguments is the name of the input file that holds its value.</summary>
internal sealed class ResultJsonFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Result<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ResultJson<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class ResultJson<T> : JsonConverter<Result<T>>
    {
        public override Result<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(FileScope.Input(reader.GetString()!));

        public override void Write(Utf8JsonWriter writer, Result<T> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(FileScope.NameOf(value.Read ?? InputFile.Of(value.File)));
    }
}
