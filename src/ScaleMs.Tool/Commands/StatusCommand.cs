using System.CommandLine;
using ScaleMs.Tool.Running;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var format = new Option<string>("--format") { Description = "text, or json as --json", HelpName = "FORM", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("status", "Tells how far the workspace's run is: what runs, what failed, what is left; or how the last run ended. Reads only.") { format };
        command.SetAction(parsed =>
        {
            var status = new WorkspaceRun(parsed.Workspace(), parsed.Store()).Status();
            parsed.Output().WriteLine(parsed.IsJson() || parsed.GetValue(format) == "json" ? ReportJson.Of(status) : string.Join(Environment.NewLine, StatusText.Of(status)));
            return ExitCodes.Done;
        });
        return command;
    }
}
