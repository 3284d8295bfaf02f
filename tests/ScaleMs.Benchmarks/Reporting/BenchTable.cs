namespace ScaleMs.Benchmarks.Reporting;

/// <summary>The rows as Markdown.</summary>
internal static class BenchTable
{
    public static IEnumerable<string> Lines(IEnumerable<BenchRow> rows) => rows
        .Select(Line)
        .Prepend("|---|---|--:|---|--:|--:|--:|--:|--:|--:|")
        .Prepend("| scenario | shape | steps | engine | median | per step | CPU | by ninja | peak MiB | reran |");

    private static string Line(BenchRow row) => Units.Text(
        $"| {row.Scenario} | {row.Shape} | {row.N} | {row.Peer} | {Units.Time(row.MedianSeconds)} | {PerStep(row)} | {Units.Time(row.CpuSeconds)} | {row.RatioToNinja:F2} | {row.PeakMiB:F0} | {row.Reran}{(row.IsStale ? " (stale)" : "")} |");

    private static string PerStep(BenchRow row) => row.Shape.Length == 0 ? "" : Units.Text($"{row.MedianSeconds / row.N * 1e6:F1} µs");
}
