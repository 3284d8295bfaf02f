using System.CommandLine;
using ScaleMs.Tool.Hosts;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems config show</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create(HostOptions host)
    {
        var show = new Command(
            "show", $"Lists the parameters of a workflow: value, unit, origin, default, what may be given. The workflow's host tells them; nothing is executed. {HostOptions.Hint}");
        host.AddTo(show);
        show.SetAction(parsed => host.Run(parsed, ["--config-show", .. parsed.IsJson() ? new[] { "--format=json" } : []], parsed.Output()));
        return new Command("config", "Tells what a workflow is configured with.") { show };
    }
}
