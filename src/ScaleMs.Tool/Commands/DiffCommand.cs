using System.CommandLine;
using ScaleMs.Reporting.Wording;
using ScaleMs.Store.Maintenance;
using ScaleMs.Tool.Explaining;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems diff</c>.</summary>
internal static class DiffCommand
{
    private const string Form = "a run's id or its beginning, last, or last~N";

    public static Command Create()
    {
        var before = new Argument<string>("RUN") { Description = Form, DefaultValueFactory = _ => "last~1" };
        var now = new Argument<string>("OTHER") { Description = "the run to compare with", DefaultValueFactory = _ => "last" };
        var command = new Command("diff", "Tells which steps stood otherwise after one run than after another: key by value, outputs, time. Reads only.") { before, now };
        command.SetAction(parsed => Run(parsed, parsed.GetRequiredValue(before), parsed.GetRequiredValue(now)));
        return command;
    }

    private static int Run(ParseResult parsed, string before, string now)
    {
        var store = StoreReading.Open(parsed.Workspace(), parsed.Store());
        var runs = new RunHistory(store.Summaries);
        if (new[] { before, now }.FirstOrDefault(name => runs.Find(name) is null) is { } unknown)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: no kept run is '{unknown}': give {Form}; kept are {(runs.Ids.Count == 0 ? "none" : string.Join(", ", runs.Ids.Take(5)))}");
            return ExitCodes.Usage;
        }

        var report = new RunDiff(store.Records, runs).Of(runs.Find(before)!, runs.Find(now)!);
        parsed.Output().WriteLine(parsed.IsJson() ? ReportJson.Of(report) : string.Join('\n', Lines(report)));
        return ExitCodes.Done;
    }

    private static IEnumerable<string> Lines(DiffReport report) =>
        report.Steps.SelectMany(step => new[] { step.Id }.Concat(step.Differences.Select(difference => "  " + difference))).Select(Printable.Of)
            .Append($"{Human.Count(report.Steps.Count, "step")} {(report.Steps.Count == 1 ? "differs" : "differ")} between run {report.Before} and run {report.Now}");
}
