using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>Runs the commands of one attempt, one after the other.</summary>
internal sealed class PosixAttempt(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation) : IDisposable
{
    private const string StatusIsLost =
        "scalems: the command's exit status is lost, because this program was started with SIGCHLD ignored; "
        + "start it with 'env --default-signal=CHLD'";

    private readonly StopSign _stop = new(request.TimeLimit, cancellation);
    private readonly string _marker = AttemptMarker.Normal(request.Directory);
    private LogTail? _tail;
    private bool _leftNobody = true;
    private int _index;
    private int _exitCode;
    private TimeSpan _cpu;
    private long _peakBytes;
    private bool _mayStartLater;

    /// <summary>Whether the C library can change the directory in the child; tests try both ways.</summary>
    internal bool HasSpawnDirectory { get; init; } = LibCFeatures.HasSpawnDirectory;

    /// <summary>Tells kills for want of memory; tests make some up.</summary>
    internal OomKills OomKills { get; init; } = OomKills.OfThisMachine;

    internal async Task<LaunchResult> RunAsync()
    {
        for (var i = 0; i < request.Commands.Count; i++)
        {
            if (_stop.Reason is { } reason)
            {
                return Result(reason);
            }

            _index = i;
            var (end, trouble) = await RunAsync(request.Commands[i]).ConfigureAwait(false);
            if (end != LaunchEnd.Exited || !request.AllowedExitCodes.Contains(_exitCode))
            {
                return Result(end, trouble);
            }
        }

        return Result(LaunchEnd.Exited);
    }

    /// <inheritdoc/>
    public void Dispose() => _tail?.Dispose();

    private async Task<(LaunchEnd End, string Trouble)> RunAsync(LaunchCommand command)
    {
        using var log = request.LogFilter is { } filter ? new FilteredLog(request.LogFile, filter) : null;
        var killsBefore = OomKills.Lately();
        var (pid, trouble) = await StartAsync(command, log).ConfigureAwait(false);
        return pid == 0 ? (LaunchEnd.NotStarted, trouble) : await WatchAsync(pid, log, killsBefore).ConfigureAwait(false);
    }

    private async Task<(LaunchEnd End, string Trouble)> WatchAsync(int pid, FilteredLog? log, long killsBefore)
    {
        var (end, trouble) = await WatchToTheEndAsync(pid, log).ConfigureAwait(false);
        return end == LaunchEnd.Exited && OomKills.Explained(_exitCode, killsBefore) is { } explained ? (LaunchEnd.OutOfMemory, explained) : (end, trouble);
    }

    private async Task<(LaunchEnd End, string Trouble)> WatchToTheEndAsync(int pid, FilteredLog? log)
    {
        var tree = new ProcessTree(pid, _marker);
        var memory = new PeakMemory(tree);
        var child = new ChildProcess(pid);
        var limit = new MemoryLimit(tree, request.MemoryLimitBytes);
        var watch = new CommandWatch(child, tree, memory, limit, _tail, _stop) { Log = log };
        try
        {
            var end = await watch.ToTheEndAsync(request.Grace).ConfigureAwait(false);
            _leftNobody &= watch.LeftNobody;
            return (end, limit.Message);
        }
        catch
        {
            await watch.AbortAsync().ConfigureAwait(false); // the listener threw, or the log cannot be read: no process is left behind
            throw;
        }
        finally
        {
            _peakBytes = Math.Max(_peakBytes, limit.PassedBytes);
            await AddAsync(child.Reap(), memory).ConfigureAwait(false);
        }
    }

    private async Task<(int Pid, string Trouble)> StartAsync(LaunchCommand command, FilteredLog? log)
    {
        if (StartTrouble.Before(request, command) is { } early)
        {
            return (0, early);
        }

        try
        {
            using var files = CommandFiles.Prepare(request, command);
            _tail ??= onLine is null ? null : new LogTail(request.LogFile, onLine, request.Framing);
            var started = await StartAsync(command, Order(command, files, log?.Open() ?? -1)).ConfigureAwait(false);
            log?.Started();
            return started;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or InsufficientMemoryException)
        {
            return (0, StartTrouble.Of(command, trouble));
        }
    }

    private async Task<(int Pid, string Trouble)> StartAsync(LaunchCommand command, SpawnOrder order)
    {
        var (pid, error) = await PatientSpawn.StartAsync(order, HasSpawnDirectory).ConfigureAwait(false);
        _mayStartLater = StartTrouble.MayPass(error);
        return error == 0 ? (pid, string.Empty) : (0, StartTrouble.After(request, command, error));
    }

    private SpawnOrder Order(LaunchCommand command, CommandFiles files, int logPipe) => new(
        command.Program,
        command.Arguments,
        new Dictionary<string, string>(request.Environment, StringComparer.Ordinal) { [AttemptMarker.Variable] = _marker },
        request.Directory,
        files.Input,
        command.StandardOutput,
        command.StandardError,
        request.LogFile,
        logPipe);

    private async Task AddAsync(ChildUsage usage, PeakMemory memory)
    {
        if (usage.ExitCode == ChildProcess.UnknownExitCode)
        {
            await File.AppendAllTextAsync(request.LogFile, StatusIsLost + "\n", CancellationToken.None).ConfigureAwait(false);
            onLine?.Invoke(StatusIsLost);
        }

        _exitCode = usage.ExitCode;
        _cpu += usage.Cpu;
        _peakBytes = Math.Max(_peakBytes, memory.Judge(usage.PeakBytes));
    }

    private LaunchResult Result(LaunchEnd end, string trouble = "") => new()
    {
        End = end,
        ExitCode = _exitCode,
        CommandIndex = _index,
        Wall = _stop.Elapsed,
        Cpu = _cpu,
        PeakMemoryBytes = _peakBytes,
        Message = trouble,
        IsLasting = end == LaunchEnd.NotStarted && !_mayStartLater,
        LeftNobody = _leftNobody && end == LaunchEnd.Exited,
    };
}
