using System.Text.Json;
using ScaleMs.Core.Planning.Documents;

namespace ScaleMs.Reporting.Files;

/// <summary>A plan as a file: JSON in the form of <c>docs/plan.schema.json</c>.</summary>
public static class PlanFile
{
    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="path">The file; missing directories are made. A device such as <c>/dev/stdout</c> is written in place.</param>
    /// <exception cref="IOException">The file cannot be written; what stood there is untouched.</exception>
    public static void Write(PlanDocument plan, string path) => WholeFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, ResultJson.Indented);
        PlanJson.Write(json, plan);
    });

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The plan, or what keeps it from being read; exactly one of the two.</returns>
    public static (PlanDocument? Plan, Core.Faults.Fault? Fault) Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return PlanJson.FormOf(json.RootElement) is var form && form == PlanDocument.Form
                ? (PlanJson.Read(json.RootElement), null)
                : (null, PlanFaults.OtherForm(path, form));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return (null, PlanFaults.Unreadable(path, $"cannot be read: {cause.Message}"));
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return (null, PlanFaults.Unreadable(path, "is no plan"));
        }
    }
}
