using System.Text.Json;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>What <c>submitted.json</c> of an attempt says. It is written before its batch is submitted, so it may tell of a job that there is not.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Batch">The batch's id; the job's comment holds it.</param>
/// <param name="Index">The attempt's task in the array.</param>
/// <param name="Root">The attempt's root at the site.</param>
internal sealed record SubmittedRecord(string Site, string Batch, int Index, string Root)
{
    private const string Launcher = "slurm";

    /// <summary>Writes the file. One that is torn by a kill is as good as none: nothing is submitted before all of a batch are written.</summary>
    internal void Write(string localRoot) => File.WriteAllBytes(Path.Combine(localRoot, AttemptFiles.Submitted), Text());

    /// <summary>The record of an attempt that this launcher submitted; null for any other.</summary>
    internal static SubmittedRecord? Read(string localRoot)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(localRoot, AttemptFiles.Submitted)));
            return Of(document.RootElement);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static SubmittedRecord? Of(JsonElement it)
    {
        var (site, batch, root) = (it.GetProperty("site").GetString(), it.GetProperty("batch").GetString(), it.GetProperty("root").GetString());
        return it.GetProperty("launcher").GetString() == Launcher && site is not null && batch is not null && Slurm.Batch.IsId(batch) && root is ['/', ..]
            ? new(site, batch, it.GetProperty("index").GetInt32(), root)
            : null;
    }

    private byte[] Text()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("launcher", Launcher);
            json.WriteString("site", Site);
            json.WriteString("job", FormattableString.Invariant($"{Batch}_{Index}"));
            json.WriteString("batch", Batch);
            json.WriteNumber("index", Index);
            json.WriteString("root", Root);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
