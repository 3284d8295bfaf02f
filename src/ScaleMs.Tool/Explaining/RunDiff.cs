using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Wording;
using ScaleMs.Store.Database;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Explaining;

/// <summary>Which steps stood otherwise after one run than after another, and in what.</summary>
/// <param name="records">The records, for the parts of keys.</param>
/// <param name="runs">The kept runs.</param>
internal sealed class RunDiff(RecordLookup records, RunHistory runs)
{
    /// <summary>Compares what two runs left.</summary>
    /// <param name="before">The run on the left.</param>
    /// <param name="now">The run on the right, which may be the older one.</param>
    public DiffReport Of(string before, string now)
    {
        var steps = runs.ChangedBetween(before, now).Select(step => Compare(step, runs.At(before, step), runs.At(now, step))).Where(step => step.Differences.Count > 0);
        return new DiffReport(before, now, [.. steps]);
    }

    private DiffReport.Step Compare(StepId step, KeptStep? before, KeptStep? now) => new(step.ToString(), (before, now) switch
    {
        (null, { } present) => [$"not in a kept run before; then {Word(present)}: {present.Reason}"],
        ({ } former, null) => [$"{Word(former)}; not in a kept run before"],
        ({ } former, { } present) => Differences(former, present),
        _ => [],
    });

    private List<string> Differences(KeptStep before, KeptStep now)
    {
        var isOtherEnd = Word(before) != Word(now);
        List<string> ends = isOtherEnd ? [$"{Word(before)} → {Word(now)}{(now.Failure is { } failure ? $": {failure}" : string.Empty)}"] : [];
        List<string> found = [.. ends, .. Keys(before, now), .. Outputs(before.Outputs, now.Outputs)];
        return found.Count > 0 && before.WallSeconds > 0 && now.WallSeconds > 0
            ? [.. found, $"time {Human.Duration(before.WallSeconds)} → {Human.Duration(now.WallSeconds)}"]
            : found;
    }

    private IReadOnlyList<string> Keys(KeptStep before, KeptStep now)
    {
        if (before.Key == now.Key || before.Key is null || now.Key is null)
        {
            return [];
        }

        return records.FindResult(before.Key) is { } former && records.FindResult(now.Key) is { } present
            ? KeyDifference.Between(former.Components, present.Components)
            : [$"key {before.Key.Brief} → {now.Key.Brief}, said by the later run: {(string.CompareOrdinal(runs.RunOf(before), runs.RunOf(now)) > 0 ? before : now).Reason}"];
    }

    private static IEnumerable<string> Outputs(IReadOnlyList<OutputSummary> before, IReadOnlyList<OutputSummary> now)
    {
        var old = before.ToDictionary(output => output.Path, StringComparer.Ordinal);
        foreach (var output in now.Where(output => before.Count > 0 && (!old.Remove(output.Path, out var former) || former.Digest != output.Digest)))
        {
            var former = before.FirstOrDefault(other => other.Path == output.Path);
            yield return former is null ? $"{output.Path} is new ({Told(output)})" : $"{output.Path} {Told(former)} → {Told(output)}";
        }

        foreach (var gone in now.Count == 0 ? [] : old.Values.ToList())
        {
            yield return $"{gone.Path} is gone ({Told(gone)})";
        }
    }

    private static string Told(OutputSummary output) => $"{output.Digest.Brief}, {Size.Of(output.Bytes)}";

    /// <summary>Executed or restored, the step stood well.</summary>
    private static string Word(KeptStep step) => step.Outcome is nameof(Outcome.Executed) or nameof(Outcome.Restored) ? "done" : step.Outcome.ToLowerInvariant();
}
