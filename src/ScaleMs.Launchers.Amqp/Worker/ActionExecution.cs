using System.Text.Json;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>Executes one action in this worker's folder and tells how it ended. It knows no broker.</summary>
internal sealed class ActionExecution(ILauncher launcher, WorkPlace place, WorkerTools tools, string worker, ActionMessage message)
{
    private static readonly string[] Beside = [FunctionLaunch.OutcomeFile, FunctionLaunch.NextStateFile];

    private readonly PathMap _map = new();
    private string _root = string.Empty;

    /// <summary>Brings what it needs; may be done while others run.</summary>
    internal async Task StageAsync(CancellationToken cancellation)
    {
        _root = await place.StageAsync(message, cancellation).ConfigureAwait(false);
        _map.Add(message.Root, _root);
        if (message.Programs is { } programs)
        {
            var here = await place.ProgramsAsync(programs, cancellation).ConfigureAwait(false);
            foreach (var path in programs.Paths)
            {
                _map.Add(path, here + path.TrimEnd('/'));
            }
        }
    }

    /// <summary>Runs the commands and puts what they left where the client finds it.</summary>
    /// <param name="devices">The graphics processors that it has.</param>
    /// <param name="ending">Ends the commands.</param>
    /// <param name="cancellation">Gives up what they left, too.</param>
    internal async Task<ResultMessage> RunAsync(IReadOnlyList<string> devices, CancellationToken ending, CancellationToken cancellation)
    {
        var ended = await launcher.RunAsync(Request(devices), null, ending).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        var sender = new FileSender(place.Place, _root);
        var isDone = ended.End == LaunchEnd.Exited && message.AllowedExitCodes.Contains(ended.ExitCode);
        var collected = new OutputCollection(sender, Path.Combine(_root, message.Directory));
        var outputs = await collected.SendAsync(message.Outputs.Where(output => isDone || output.IsOptional), cancellation).ConfigureAwait(false);
        return (IsForWantOfRoom(ended, isDone) ? Trouble(LaunchEnd.NodeLost, $"a command {HowItEnded(ended)} while the disk of worker '{worker}' was full") : Trouble(ended.End, ended.Message)) with
        {
            ExitCode = ended.ExitCode,
            CommandIndex = ended.CommandIndex,
            WallSeconds = ended.Wall.TotalSeconds,
            CpuSeconds = ended.Cpu.TotalSeconds,
            PeakMemoryBytes = ended.PeakMemoryBytes,
            IsLasting = ended.IsLasting,
            Outputs = await sender.ListAsync(outputs, cancellation).ConfigureAwait(false),
            Beside = await BesideAsync(sender, cancellation).ConfigureAwait(false),
            Log = await SendAsync(sender, WorkPlace.Log, cancellation).ConfigureAwait(false),
        };
    }

    private bool IsForWantOfRoom(LaunchResult ended, bool isDone) => (ended.End is LaunchEnd.Exited or LaunchEnd.NotStarted) && !isDone && place.IsFull;

    private static string HowItEnded(LaunchResult ended) => ended.End == LaunchEnd.Exited ? $"ended with exit code {ended.ExitCode}" : $"did not start ({ended.Message})";

    internal ResultMessage Trouble(LaunchEnd end, string text) => new()
    {
        Id = message.Id,
        Key = message.Key,
        Worker = worker,
        Host = Environment.MachineName,
        End = end,
        Message = text,
    };

    /// <summary>What can be wrong with the files of an action, the disk, or the place of blobs.</summary>
    internal static bool IsFileTrouble(Exception trouble) => trouble is BlobException or IOException or UnauthorizedAccessException or JsonException;

    private async Task<IReadOnlyList<FileEntry>> BesideAsync(FileSender sender, CancellationToken cancellation)
    {
        var entries = new List<FileEntry>();
        foreach (var name in Beside)
        {
            if (await SendAsync(sender, name, cancellation).ConfigureAwait(false) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private async Task<FileEntry?> SendAsync(FileSender sender, string name, CancellationToken cancellation) =>
        new FileInfo(Path.Combine(_root, name)) is { Exists: true, LinkTarget: null } file
            ? await sender.SendAsync(file.FullName, name, cancellation).ConfigureAwait(false)
            : null;

    private LaunchRequest Request(IReadOnlyList<string> devices) => new()
    {
        Step = StepId.Parse(message.Step),
        Key = message.Key,
        Directory = Path.Combine(_root, message.Directory),
        Commands = [.. message.Commands.Select(Command)],
        Worker = message is { Worker: { } process, IsSecret: false } ? Command(process) : null,
        Environment = NodeEnvironment.Of(message, _map, devices),
        LogFile = Path.Combine(_root, WorkPlace.Log),
        AllowedExitCodes = message.AllowedExitCodes,
        TimeLimit = message.TimeLimitSeconds > 0 ? TimeSpan.FromSeconds(message.TimeLimitSeconds) : null,
        MemoryLimitBytes = message.MemoryLimitBytes,
        Framing = message.Framing,
        Grace = TimeSpan.FromSeconds(Math.Clamp(message.GraceSeconds, 0, 3600)),
    };

    private LaunchCommand Command(CommandMessage command) => new(
        ProgramOf(command), [.. command.Arguments.Select(_map.Of)], command.Input, Of(command.Output))
    {
        StandardInputFile = Of(command.InputFile),
        StandardError = Of(command.Error),
    };

    /// <summary>This worker's own tool, if it is the one that was keyed; any other program is where the client says.</summary>
    private string ProgramOf(CommandMessage command)
    {
        if (command.Tool.Length == 0)
        {
            return _map.Of(command.Program);
        }

        return message.Class.Tools.FirstOrDefault(tool => tool.Name == command.Tool) is { } keyed && tools.PathOf(keyed) is { } path
            ? path
            : throw new BlobException($"its '{command.Tool}' is not the one that the action was keyed with any more");
    }

    private string? Of(string? path) => path is null ? null : _map.Of(path);
}
