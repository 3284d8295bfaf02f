using System.Text.Json;

namespace ScaleMs.Benchmarks.Reporting;

/// <summary>The rows as <c>bench.json</c>.</summary>
internal static class BenchFile
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static void Write(string folder, IReadOnlyList<BenchRow> rows)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "bench.json"), JsonSerializer.Serialize(rows, Form) + "\n");
    }
}
