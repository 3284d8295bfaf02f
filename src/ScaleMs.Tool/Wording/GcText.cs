using ScaleMs.Reporting.Wording;
using ScaleMs.Store.Maintenance;

namespace ScaleMs.Tool.Wording;

/// <summary>What a collector did, for people.</summary>
internal static class GcText
{
    private const int FewSteps = 10;

    public static void Print(GcReport report, TextWriter output)
    {
        foreach (var kind in report.Items.GroupBy(item => item.Kind).OrderBy(kind => kind.Key))
        {
            output.WriteLine($"{Size.Of(kind.Sum(item => item.Bytes)),10}  {Word(kind.Key)}: {kind.Count()}");
        }

        PrintCost(report, output);
        foreach (var refused in report.Refused)
        {
            output.WriteLine($"refused     {refused}");
        }

        if (report.Beside is { } owner)
        {
            output.WriteLine($"a run is going on: {owner}");
            output.WriteLine(report.IsPartial
                ? "only what it cannot need was looked at; ask again when it has ended for the rest"
                : "only what it cannot need was looked at");
        }

        output.WriteLine(Totals(report));
    }

    private static void PrintCost(GcReport report, TextWriter output)
    {
        var steps = report.Items.Where(item => item.Action.Length > 0).GroupBy(item => item.Step, StringComparer.Ordinal).ToList();
        foreach (var step in steps.Take(FewSteps))
        {
            output.WriteLine($"{Size.Of(step.Sum(item => item.Bytes)),10}  of {step.Key}, {Human.Duration(step.DistinctBy(item => item.Action).Sum(item => item.SecondsToRecreate))} to make again");
        }

        if (steps.Count > FewSteps)
        {
            output.WriteLine($"{string.Empty,10}  and of {Human.Count(steps.Count - FewSteps, "more step")}: --json lists them");
        }
    }

    private static string Totals(GcReport report)
    {
        var verb = report.IsPreview ? "would remove" : "removed";
        var records = report.DroppedRecords > 0 ? $", {Human.Count(report.DroppedRecords, "record")} dropped" : string.Empty;
        return $"{verb} {Human.Count(report.Items.Count, "item")}, {Size.Of(report.Bytes)}{records}; making it again would take {Human.Duration(report.SecondsToRecreate)}";
    }

    private static string Word(GcKind kind) => kind switch
    {
        GcKind.UnnamedBlob => "blobs that no record names",
        GcKind.OlderResult => "blobs of results that no step stands at",
        GcKind.CurrentResult => "blobs of what steps stand at",
        GcKind.DeadAttempt => "attempts that nothing can continue",
        GcKind.StaleFile => "files that a killed process was writing",
        GcKind.RunLog => "logs of old runs",
        _ => "moved aside",
    };
}
