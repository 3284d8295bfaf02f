using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Makes the message of an attempt, with what its private directory holds.</summary>
internal sealed class ActionWriter(AmqpLauncherOptions options, IBlobPlace place, Func<string, ToolMessage?> toolOf)
{
    /// <summary>Beside the private directory: what a function is called with.</summary>
    private static readonly string[] Beside = [FunctionLaunch.CallFile, FunctionLaunch.StateFile];

    private readonly ProgramShipping _programs = new(place);

    internal async Task<ActionMessage> WriteAsync(LaunchRequest request, string id, string replyTo, CancellationToken cancellation)
    {
        var root = RootOf(request);
        var tools = request.Commands.Select(command => toolOf(command.Program)).ToList();
        return new ActionMessage
        {
            Id = id,
            Key = request.Key,
            Step = request.Step.ToString(),
            ReplyTo = replyTo,
            Class = ClassOf(request, tools),
            Root = root,
            Directory = Path.GetFileName(request.Directory.TrimEnd('/')),
            Commands = [.. request.Commands.Zip(tools, Command)],
            Worker = request.Worker is { } process && request.LogFilter is null ? Command(process, null) : null,
            Environment = EnvironmentOf(request),
            Pass = [.. request.PassedEnvironment.Union(options.Pass, StringComparer.Ordinal)],
            Inputs = await InputsAsync(request, root, cancellation).ConfigureAwait(false),
            Programs = await _programs.SendAsync(request.Folders, root, cancellation).ConfigureAwait(false),
            Outputs = [.. request.Outputs.Select(output => new OutputMessage(output.Path.Value, output.IsTree, output.IsOptional))],
            AllowedExitCodes = request.AllowedExitCodes,
            TimeLimitSeconds = request.TimeLimit?.TotalSeconds ?? 0,
            MemoryLimitBytes = request.MemoryLimitBytes,
            GraceSeconds = request.Grace.TotalSeconds,
            IsSecret = request.LogFilter is not null,
            Framing = request.Framing,
        };
    }

    /// <summary>A worker could not have what it needed.</summary>
    internal void Forget() => _programs.Forget();

    internal static string RootOf(LaunchRequest request) => Path.GetDirectoryName(request.Directory.TrimEnd('/'))!;

    private Dictionary<string, string> EnvironmentOf(LaunchRequest request)
    {
        var environment = new Dictionary<string, string>(options.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in request.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }

    private ResourceClass ClassOf(LaunchRequest request, IEnumerable<ToolMessage?> tools) => new()
    {
        Cpus = Math.Max(1, request.Granted.Cpus),
        MemoryBytes = request.Granted.MemoryBytes,
        Gpus = request.Granted.Gpus,
        TimeSeconds = (long)Math.Ceiling(((request.TimeLimit ?? TimeSpan.Zero) + request.Grace).TotalSeconds),
        Labels = [.. options.Labels.Order(StringComparer.Ordinal)],
        Tools = [.. tools.OfType<ToolMessage>().DistinctBy(tool => tool.Name).OrderBy(tool => tool.Name, StringComparer.Ordinal)],
    };

    private static CommandMessage Command(LaunchCommand command, ToolMessage? tool) => new()
    {
        Program = command.Program,
        Tool = tool?.Name ?? string.Empty,
        Arguments = command.Arguments,
        Input = command.StandardInput,
        InputFile = command.StandardInputFile,
        Output = command.StandardOutput,
        Error = command.StandardError,
    };

    /// <summary>Paths are below the root, so that what lies beside the private directory travels with it.</summary>
    private async Task<FileList> InputsAsync(LaunchRequest request, string root, CancellationToken cancellation)
    {
        var sender = new FileSender(place, root);
        var entries = await sender.SendTreeAsync(request.Directory, Path.GetFileName(request.Directory.TrimEnd('/')) + "/", cancellation).ConfigureAwait(false);
        foreach (var name in Beside.Where(name => File.Exists(Path.Combine(root, name))))
        {
            entries.Add(await sender.SendAsync(Path.Combine(root, name), name, cancellation).ConfigureAwait(false));
        }

        return await sender.ListAsync(entries, cancellation).ConfigureAwait(false);
    }
}
