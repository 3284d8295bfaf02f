using System.Text.Json;

namespace ScaleMs.Launchers.Slurm;

/// <summary>What <c>submitted.json</c> of an attempt says: written before its batch is submitted, and again when Slurm has named the job.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Batch">The batch's id; the job's comment holds it.</param>
/// <param name="Index">The attempt's task in the array.</param>
/// <param name="Array">The array's job id; empty until Slurm has told it.</param>
internal sealed record SubmittedRecord(string Site, string Batch, int Index, string Array)
{
    internal const string FileName = "submitted.json";

    private const string Launcher = "slurm";

    /// <summary>Replaces the file whole.</summary>
    internal void Write(string root)
    {
        var file = Path.Combine(root, FileName);
        File.WriteAllBytes(file + ".new", Text());
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>The record of an attempt that this launcher submitted; null for any other.</summary>
    internal static SubmittedRecord? Read(string root)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, FileName)));
            return Of(document.RootElement);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static SubmittedRecord? Of(JsonElement it) => it.GetProperty("launcher").GetString() != Launcher
        ? null
        : new(
            it.GetProperty("site").GetString() ?? string.Empty,
            it.GetProperty("batch").GetString() ?? string.Empty,
            it.GetProperty("index").GetInt32(),
            it.TryGetProperty("job", out var job) ? job.GetString()?.Split('_')[0] ?? string.Empty : string.Empty);

    private byte[] Text()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("launcher", Launcher);
            json.WriteString("site", Site);
            json.WriteString("batch", Batch);
            json.WriteNumber("index", Index);
            if (Array.Length > 0)
            {
                json.WriteString("job", FormattableString.Invariant($"{Array}_{Index}"));
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
