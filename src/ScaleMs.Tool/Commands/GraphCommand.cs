using System.CommandLine;
using System.Globalization;
using ScaleMs.Tool.Hosts;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems graph</c>.</summary>
internal static class GraphCommand
{
    public static Command Create(HostOptions host)
    {
        var format = new Option<string>("--format") { Description = "json, dot or mermaid", HelpName = "FORMAT", DefaultValueFactory = _ => "json" };
        var members = new Option<int?>("--members") { Description = "a step with more members than this is one node of a picture; 12 by default", HelpName = "N" };
        var command = new Command("graph", $"Prints the graph of a target: tasks, steps, what passes between them. The workflow's host writes it; nothing is executed. {HostOptions.Hint}") { format, members };
        format.AcceptOnlyFromAmong("json", "dot", "mermaid");
        host.AddTo(command);
        command.SetAction(parsed => Run(parsed, host, [$"--graph-format={parsed.GetRequiredValue(format)}", .. Members(parsed.GetValue(members))]));
        return command;
    }

    private static IEnumerable<string> Members(int? most) => most is { } count ? [$"--graph-members={count.ToString(CultureInfo.InvariantCulture)}"] : [];

    private static int Run(ParseResult parsed, HostOptions host, IEnumerable<string> options)
    {
        // Not to standard output: what else a host prints there, Cake's setup for one, must not get into the document.
        var file = Path.GetTempFileName();
        try
        {
            var code = host.Run(parsed, [$"--graph={file}", .. options], parsed.InvocationConfiguration.Error);
            parsed.Output().Write(code == ExitCodes.Done ? File.ReadAllText(file) : string.Empty);
            return code;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
