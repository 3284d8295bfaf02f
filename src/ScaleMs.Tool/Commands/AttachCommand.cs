using System.CommandLine;
using ScaleMs.Tool.Running;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems attach</c>.</summary>
internal static class AttachCommand
{
    private static readonly Option<bool> NoColor = new("--no-color") { Description = "no colours" };

    public static Command Create()
    {
        var command = new Command("attach", "Shows the workspace's run from now on as its own terminal would, and ends with its exit code. Ctrl-C leaves the run going on.") { NoColor };
        command.SetAction(parsed =>
        {
            using var attachment = new Attachment(parsed, new WorkspaceRun(parsed.Workspace(), parsed.Store()), parsed.GetValue(NoColor));
            return attachment.Run();
        });
        return command;
    }
}
