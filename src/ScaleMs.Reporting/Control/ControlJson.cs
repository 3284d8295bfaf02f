using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleMs.Reporting.Control;

/// <summary>The JSON form of notes, requests and answers. Member names are a contract: add, never rename.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunNote))]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlAnswer))]
internal sealed partial class ControlJson : JsonSerializerContext
{
    // Nothing here ends up in a web page, and paths stay readable.
    private static ControlJson Readable => new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Line(ControlRequest request) => JsonSerializer.Serialize(request, Readable.ControlRequest);

    public static string Line(ControlAnswer answer) => JsonSerializer.Serialize(answer, Readable.ControlAnswer);
}
