using System.CommandLine;
using System.Globalization;
using ScaleMs.Reporting.Wording;
using ScaleMs.Store.Maintenance;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems du</c>.</summary>
internal static class DuCommand
{
    private const int FewSteps = 20;

    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = $"lists every step, not only the {FewSteps} largest" };
        var command = new Command("du", "Tells what the store's bytes are for, and which tasks and steps take them. Reads only; works beside a run.") { all };
        command.SetAction(parsed => Run(parsed, parsed.GetValue(all) ? int.MaxValue : FewSteps));
        return command;
    }

    private static int Run(ParseResult parsed, int most)
    {
        var report = StoreUsage.Of(parsed.Workspace(), parsed.Store());
        if (parsed.IsJson())
        {
            parsed.Output().WriteLine(ReportJson.Of(report));
        }
        else
        {
            Print(report, most, parsed.Output());
        }

        return ExitCodes.Done;
    }

    private static void Print(UsageReport report, int most, TextWriter output)
    {
        PrintRows(report.Categories.Where(row => row.Files > 0), output);
        PrintRows([report.Published], output);
        PrintRows(new[] { report.InPlace }.Where(row => row.Files > 0), output);
        output.WriteLine("by task");
        PrintRows(report.Tasks, output);
        output.WriteLine("by step");
        PrintRows(report.Steps.Take(most), output);
        if (report.Steps.Count > most)
        {
            output.WriteLine($"{string.Empty,10}  and {Human.Count(report.Steps.Count - most, "step")} more: --all lists them");
        }

        if (report.Shared.Files > 0)
        {
            output.WriteLine($"of several steps: {Human.Count(report.Shared.Files, "blob")} ({Size.Of(report.Shared.Bytes)}), each counted once, at the first of them");
        }

        output.WriteLine($"{Size.Of(report.Bytes)} in {report.Store}");
    }

    private static void PrintRows(IEnumerable<UsageRow> rows, TextWriter output)
    {
        foreach (var row in rows)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Size.Of(row.Bytes),10}  {row.Name} ({Human.Count(row.Files, "file")})"));
        }
    }
}
