using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems config show</c>: starts a workflow's host, which alone knows its parameters.</summary>
internal static class ConfigCommand
{
    private const string OwnHost = "./build.sh";

    private static readonly Option<string?> Host = new("--host")
    {
        Description = $"the program of the workflow, or its project; {OwnHost} of the workspace by default",
        HelpName = "PROGRAM",
    };

    private static readonly Argument<string[]> Rest = new("ARGUMENTS") { Description = "what the host is given besides, after --, such as -- --target=simulate --set size=smoke", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var show = new Command("show", "Lists the parameters of a workflow: value, unit, origin, default, what may be given. Executes nothing.") { Host, Rest };
        show.SetAction(Show);
        return new Command("config", "Tells what a workflow is configured with.") { show };
    }

    private static int Show(ParseResult parsed)
    {
        var command = CommandOf(parsed.GetValue(Host), parsed.Workspace());
        if (command is null)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: there is no {OwnHost} in '{parsed.Workspace()}': name the workflow's program or project with --host");
            return ExitCodes.Usage;
        }

        string[] arguments = [.. command[1..], .. parsed.GetValue(Rest) ?? [], "--config-show", .. parsed.IsJson() ? new[] { "--format=json" } : []];
        try
        {
            return Run(new ProcessStartInfo(command[0], arguments) { WorkingDirectory = parsed.Workspace() }, parsed);
        }
        catch (Win32Exception cause)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: '{command[0]}' could not be started: {cause.Message}");
            return ExitCodes.Usage;
        }
    }

    /// <summary>The beginning of the host's command line; null when there is no host.</summary>
    private static string[]? CommandOf(string? host, string workspace)
    {
        var path = Path.GetFullPath(host ?? OwnHost, workspace);
        return host is not null && (Directory.Exists(path) || path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)) ? ["dotnet", "run", "--project", path, "--"]
            : host is not null && path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ["dotnet", path]
            : File.Exists(path) ? [path]
            : host is null ? null
            : [host];
    }

    private static int Run(ProcessStartInfo start, ParseResult parsed)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        parsed.Output().Write(process.StandardOutput.ReadToEnd());
        parsed.InvocationConfiguration.Error.Write(errors.GetAwaiter().GetResult());
        process.WaitForExit();
        return process.ExitCode;
    }
}
