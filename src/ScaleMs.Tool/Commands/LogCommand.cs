using System.CommandLine;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Store.Maintenance;
using ScaleMs.Tool.Explaining;
using Command = System.CommandLine.Command;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems log</c>.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        var step = new Argument<string>("STEP") { Description = "the step's id, such as simulate[replica=3]" };
        var command = new Command("log", "Prints what a step printed when its present result was made. Reads only.") { step };
        command.SetAction(parsed => Run(parsed, parsed.GetRequiredValue(step)));
        return command;
    }

    private static int Run(ParseResult parsed, string name)
    {
        var store = StoreReading.Open(parsed.Workspace(), parsed.Store());
        if (RecordedStep.Find(store, StepId.Parse(name))?.Result is not { } result)
        {
            return Refuse(parsed, ExitCodes.Usage, RecordedStep.Unknown(name, parsed.Workspace(), parsed.Store()));
        }

        if (result.ImportedFrom is not null)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"note: {name} was {ImportReasons.Text(result)}: what printed it is not known here");
        }

        if (!result.Log.IsNone && !File.Exists(store.BlobPath(result.Log)))
        {
            return Refuse(parsed, ExitCodes.Failed, $"the log of '{name}' is no longer in the store");
        }

        if (!result.Log.IsNone)
        {
            using var log = File.OpenText(store.BlobPath(result.Log));
            for (var line = log.ReadLine(); line is not null; line = log.ReadLine())
            {
                parsed.Output().WriteLine(line);
            }
        }

        return ExitCodes.Done;
    }

    private static int Refuse(ParseResult parsed, int code, string text)
    {
        parsed.InvocationConfiguration.Error.WriteLine($"error: {text}");
        return code;
    }
}
