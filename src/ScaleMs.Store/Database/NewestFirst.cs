using ScaleMs.Core.Records;

namespace ScaleMs.Store.Database;

/// <summary>The one order of answers, whatever the journal's order became through compaction.</summary>
internal static class NewestFirst
{
    public static IReadOnlyList<ActionResult> Order(IEnumerable<ActionResult> results) =>
        [.. results.OrderByDescending(result => result.FinishedAt.UtcTicks).ThenByDescending(result => result.Key.Digest)];

    public static IReadOnlyList<RunRecord> Order(IEnumerable<RunRecord> runs, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return [.. runs.OrderByDescending(run => run.StartedAt.UtcTicks).ThenByDescending(run => run.RunId, StringComparer.Ordinal).Take(most)];
    }
}
