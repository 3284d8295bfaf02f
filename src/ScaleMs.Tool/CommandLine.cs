using System.CommandLine;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Store.Maintenance;
using ScaleMs.Tool.Commands;
using ScaleMs.Tool.Farm;
using ScaleMs.Tool.Hosts;

namespace ScaleMs.Tool;

/// <summary>The command <c>scalems</c>: parses, runs one command, and turns what is thrown into a message and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Takes what was asked for.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <returns>The exit code, see <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var (own, ofHost) = HostOptions.Split(args);
        var parsed = Root(new HostOptions(ofHost)).Parse(own);
        if (ofHost.Count > 0 && parsed.CommandResult.Command.Name is not ("graph" or "import" or "show"))
        {
            error.WriteLine($"error: '{ofHost[0]}' after '--' is for a workflow's host, and this command starts none");
            return ExitCodes.Usage;
        }

        try
        {
            var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
        }
        catch (Exception cause)
        {
            error.WriteLine($"error: {Message(cause)}");
            return CodeOf(cause);
        }
    }

    /// <summary>A command is a file in <c>Commands/</c> and a line here.</summary>
    private static RootCommand Root(HostOptions host)
    {
        var root = new RootCommand("Looks after ScaleMs workspaces and their file stores.");
        StoreOptions.AddTo(root);
        root.Add(StatusCommand.Create());
        root.Add(AttachCommand.Create());
        root.Add(CancelCommand.Create());
        root.Add(DuCommand.Create());
        root.Add(GcCommand.Create());
        root.Add(VerifyCommand.Create());
        root.Add(WhyCommand.Create());
        root.Add(DiffCommand.Create());
        root.Add(LogCommand.Create());
        root.Add(GraphCommand.Create(host));
        root.Add(ImportCommand.Create(host));
        root.Add(ConfigCommand.Create(host));
        root.Add(DoctorCommand.Create());
        root.Add(WorkerCommand.Create());
        root.Add(PilotCommand.Create());
        root.Add(TopCommand.Create());
        root.Add(BlobsCommand.Create());
        return root;
    }

    private static string Message(Exception cause) => CodeOf(cause) == ExitCodes.Bug
        ? $"this is a bug of ScaleMs; please report it with the command and this text: {cause}"
        : cause.Message;

    private static int CodeOf(Exception cause) => cause switch
    {
        StoreMissingException => ExitCodes.Usage,
        StoreInUseException => ExitCodes.StoreInUse,
        StoreException => ExitCodes.Failed,
        BrokerException => ExitCodes.Failed,
        FarmUsageException => ExitCodes.Usage,
        _ => ExitCodes.Bug,
    };
}
