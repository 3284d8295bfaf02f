using System.CommandLine;
using ScaleMs.Core.Model;
using ScaleMs.Reporting;
using ScaleMs.Store.Maintenance;
using ScaleMs.Tool.Explaining;
using ScaleMs.Tool.Wording;
using Command = System.CommandLine.Command;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems why</c>.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var step = new Argument<string>("STEP") { Description = "the step's id, such as simulate[replica=3]" };
        var command = new Command("why", "Tells what is recorded of a step: when and where it was made, of what, and what differed from the time before. Reads only.") { step };
        command.SetAction(parsed => Run(parsed, parsed.GetRequiredValue(step)));
        return command;
    }

    private static int Run(ParseResult parsed, string name)
    {
        var id = StepId.Parse(name);
        if (RecordedStep.Find(StoreReading.Open(parsed.Workspace(), parsed.Store()), id) is not { } found)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: {RecordedStep.Unknown(name, parsed.Workspace(), parsed.Store())}");
            return ExitCodes.Usage;
        }

        var explanation = found.Explain(id);
        parsed.Output().WriteLine(parsed.IsJson() ? ReportJson.Of(WhyReport.Of(explanation)) : string.Join('\n', ExplanationText.Lines(explanation)));
        return ExitCodes.Done;
    }
}
