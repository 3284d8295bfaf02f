using System.CommandLine;
using ScaleMs.Tool.Hosts;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(HostOptions host)
    {
        var steps = new Argument<string[]>("STEP") { Description = "steps as --only takes them, such as simulate[replica=3] or 'simulate[*]'", Arity = ArgumentArity.OneOrMore };
        var from = new Option<DirectoryInfo>("--from") { Description = "the folder that holds the results", HelpName = "DIR", Required = true };
        var force = new Option<bool>("--force") { Description = "imports over results that are recorded already" };
        var command = new Command("import", $"Records results that were computed elsewhere, as imported and unverified. The workflow's host computes the keys; nothing is executed. {HostOptions.Hint}") { steps, from, force };
        host.AddTo(command);
        command.SetAction(parsed => host.Run(parsed, Options(parsed.GetRequiredValue(steps), parsed.GetRequiredValue(from), parsed.GetValue(force)), parsed.Output()));
        return command;
    }

    private static IEnumerable<string> Options(string[] steps, DirectoryInfo from, bool isForced) =>
        [.. steps.Select(step => $"--import={step}"), $"--import-from={from.FullName}", .. isForced ? ["--import-force"] : Array.Empty<string>()];
}
