using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleMs.Reporting.Control;
using ScaleMs.Store.Maintenance;

namespace ScaleMs.Tool.Wording;

/// <summary>Reports as one JSON object.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CacheGcReport))]
[JsonSerializable(typeof(DiffReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(GcReport))]
[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(WhyReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    // Nothing here ends up in a web page, and paths stay readable.
    private static ReportJson Readable => new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Of(CacheGcReport report) => JsonSerializer.Serialize(report, Readable.CacheGcReport);

    public static string Of(DiffReport report) => JsonSerializer.Serialize(report, Readable.DiffReport);

    public static string Of(DoctorReport report) => JsonSerializer.Serialize(report, Readable.DoctorReport);

    public static string Of(GcReport report) => JsonSerializer.Serialize(report, Readable.GcReport);

    public static string Of(RunStatus status) => JsonSerializer.Serialize(status, Readable.RunStatus);

    public static string Of(UsageReport report) => JsonSerializer.Serialize(report, Readable.UsageReport);

    public static string Of(VerifyReport report) => JsonSerializer.Serialize(report, Readable.VerifyReport);

    public static string Of(WhyReport report) => JsonSerializer.Serialize(report, Readable.WhyReport);
}
