using System.CommandLine;
using ScaleMs.Reporting.Wording;
using ScaleMs.Store.Maintenance;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems verify [--repair]</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var repair = new Option<bool>("--repair") { Description = "puts right what can be put right; no run may be going on" };
        var command = new Command("verify", "Checks the journal, the index, every blob's bytes, references and published files. Reads only; works beside a run.") { repair };
        command.SetAction(parsed => Run(parsed, parsed.GetValue(repair)));
        return command;
    }

    private static int Run(ParseResult parsed, bool repair)
    {
        var report = repair ? StoreVerifier.Repair(parsed.Workspace(), parsed.Store()) : StoreVerifier.Verify(parsed.Workspace(), parsed.Store());
        if (parsed.IsJson())
        {
            parsed.Output().WriteLine(ReportJson.Of(report));
        }
        else
        {
            Print(report, parsed.Output());
        }

        return report.Damaged > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Print(VerifyReport report, TextWriter output)
    {
        foreach (var finding in report.Findings)
        {
            output.WriteLine($"{Word(finding),-8}  {finding.What}");
            output.WriteLine($"  at      {finding.Where}");
            output.WriteLine($"  try     {finding.Advice}");
        }

        if (report.Beside is { } owner)
        {
            output.WriteLine($"a run is going on: {owner}");
        }

        output.WriteLine(Totals(report));
    }

    private static string Word(Finding finding) => finding switch
    {
        { IsRepaired: true } => "repaired",
        { Kind: FindingKind.Damage } => "damage",
        { Kind: FindingKind.Lost } => "lost",
        _ => "notice",
    };

    private static string Totals(VerifyReport report) =>
        $"{Human.Count(report.Records, "record")}, {Human.Count(report.Blobs, "blob")} ({Size.Of(report.BlobBytes)}), {Human.Count(report.Published, "published file")}: " +
        $"{report.Damaged} damaged, {report.Findings.Count(finding => finding.IsRepaired)} repaired, {Count(report, FindingKind.Lost)} lost, {Human.Count(Count(report, FindingKind.Notice), "notice")}";

    private static int Count(VerifyReport report, FindingKind kind) => report.Findings.Count(finding => finding.Kind == kind);
}
