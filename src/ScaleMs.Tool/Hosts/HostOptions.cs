using System.CommandLine;
using ScaleMs.Tool.Commands;

namespace ScaleMs.Tool.Hosts;

/// <summary>What every command has that starts the workflow's host.</summary>
/// <param name="arguments">The host's own arguments: what the user gave after <c>--</c>.</param>
internal sealed class HostOptions(IReadOnlyList<string> arguments)
{
    /// <summary>How the host's own arguments are told in a command's help.</summary>
    public const string Hint = "Options for the host, such as --target=analyse, are given at the end, after --.";

    private readonly Option<string?> _host = new("--host")
    {
        Description = "the program that defines the workflow: a project, a .dll, a script for dotnet cake, or a program; looked for in the workspace by default",
        HelpName = "HOST",
    };

    public void AddTo(Command command) => command.Add(_host);

    /// <summary>Splits what is given after <c>--</c> from a command line.</summary>
    public static (IReadOnlyList<string> Own, IReadOnlyList<string> Host) Split(IReadOnlyList<string> args)
    {
        var end = args.TakeWhile(argument => argument != "--").Count();
        return ([.. args.Take(end)], [.. args.Skip(end + 1)]);
    }

    /// <summary>Starts the host.</summary>
    /// <param name="parsed">The tool's command line.</param>
    /// <param name="first">The host's arguments, before those that the user gave it.</param>
    /// <param name="output">Takes what the host prints.</param>
    /// <returns>The host's exit code.</returns>
    public int Run(ParseResult parsed, IEnumerable<string> first, TextWriter output)
    {
        var error = parsed.InvocationConfiguration.Error;
        if (WorkflowHost.Find(parsed.GetValue(_host), parsed.Workspace()) is { } host)
        {
            return host.Run(parsed.Workspace(), [.. first, .. arguments], output, error);
        }

        error.WriteLine(parsed.GetValue(_host) is { } given
            ? $"error: there is no host '{given}': {WorkflowHost.Advice}"
            : $"error: no host was found in '{parsed.Workspace()}': {WorkflowHost.Advice}");
        return ExitCodes.Usage;
    }
}
