using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Calls;

/// <summary>One attempt whose only command is made by a process that makes others too.</summary>
internal sealed class CallRun(LaunchRequest request, Action<string>? onLine, CallPool pool, CancellationToken cancellation)
{
    /// <summary>What such a process has without having left anything, with some room.</summary>
    private const long UsualBytes = 96L << 20;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static int _started;

    private readonly StopSign _stop = new(request.TimeLimit, cancellation);
    private readonly string _attempt = Path.GetDirectoryName(AttemptMarker.Normal(request.Directory))!;

    private string Work => Path.GetDirectoryName(_attempt)!;

    /// <summary>What earlier calls left counts as this one's: the half of its limit is its own.</summary>
    private long MostLeft => request.MemoryLimitBytes == 0 ? 0 : Math.Max(request.MemoryLimitBytes / 2, UsualBytes);

    internal async Task<LaunchResult> RunAsync()
    {
        if (_stop.Reason is { } reason)
        {
            return Result(reason);
        }

        if (StartTrouble.Before(request, request.Worker!) is { } early)
        {
            return Result(LaunchEnd.NotStarted) with { Message = early, IsLasting = true };
        }

        try
        {
            using var tail = onLine is null ? null : new LogTail(request.LogFile, onLine, request.Framing);
            return await RunAsync(tail).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException or InsufficientMemoryException)
        {
            return Result(LaunchEnd.NotStarted) with { Message = StartTrouble.Of(request.Worker!, trouble), IsLasting = true };
        }
    }

    /// <summary>A process that had ended while it was idle has not begun; then another one makes the call.</summary>
    private async Task<LaunchResult> RunAsync(LogTail? tail)
    {
        var key = Key();
        while (pool.Take(key, MostLeft) is { } idle)
        {
            if (await WatchAsync(idle, tail).ConfigureAwait(false) is var result && (idle.HasBegun || result.End != LaunchEnd.Exited))
            {
                return result;
            }
        }

        var marker = FormattableString.Invariant($"{Work}/functions-{Environment.ProcessId}-{Interlocked.Increment(ref _started)}");
        var (process, error) = await CallProcess.StartAsync(request, key, marker).ConfigureAwait(false);
        return process is not null
            ? await WatchAsync(process, tail).ConfigureAwait(false)
            : Result(LaunchEnd.NotStarted) with { Message = StartTrouble.After(request, request.Worker!, error), IsLasting = !StartTrouble.MayPass(error) };
    }

    /// <summary>The environment is a process's own from its start: some of it, such as the number of threads, is read only once.</summary>
    private string Key() => string.Join('\0', request.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")
        .Concat([string.Empty, Work, request.Worker!.Program, .. request.Worker.Arguments]));

    private async Task<LaunchResult> WatchAsync(CallProcess process, LogTail? tail)
    {
        var killsBefore = OomKills.OfThisMachine.Lately();
        var newest = ProcFiles.NewestPid();
        var memory = new PeakMemory(process.Tree);
        var limit = new MemoryLimit(process.Tree, request.MemoryLimitBytes);
        var answer = process.Begin(new CallOrder(Path.Combine(_attempt, FunctionLaunch.CallFile), request.Directory, request.LogFile));
        CommandWatch? watch = null;
        watch = new CommandWatch(process.Child, process.Tree, memory, limit, tail, _stop)
        {
            Ended = Task.WhenAny(EndOfAsync(process, answer), process.Child.Exited),
            Leftovers = () => new Remains(LeftBy(process, answer, watch!.IsYoung ? newest : 0), IsCertain: false),
        };
        LaunchEnd end;
        try
        {
            end = await watch.ToTheEndAsync(request.Grace).ConfigureAwait(false);
        }
        catch
        {
            await watch.AbortAsync().ConfigureAwait(false);
            await process.EndAsync().ConfigureAwait(false);
            throw;
        }

        return await ResultAsync(process, end, answer, memory, limit, killsBefore).ConfigureAwait(false);
    }

    /// <summary>A process that can answer no more is about to end; if it does not, it is ended.</summary>
    private static async Task EndOfAsync(CallProcess process, Task<CallAnswer?> answer)
    {
        if (await answer.ConfigureAwait(false) is null)
        {
            await process.Child.Exited.WaitAsync(Silence).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What is left of the call besides a process that answered; a process that can answer no more is left itself.</summary>
    private static IReadOnlyList<int> LeftBy(CallProcess process, Task<CallAnswer?> answer, int before) =>
        process.Child.Exited.IsCompleted || HasFallen(answer) ? process.Tree.Members() : process.Tree.BornAfter(before);

    private static bool HasFallen(Task<CallAnswer?> answer) => answer is { IsCompletedSuccessfully: true, Result: null };

    private async Task<LaunchResult> ResultAsync(CallProcess process, LaunchEnd end, Task<CallAnswer?> answering, PeakMemory memory, MemoryLimit limit, long killsBefore)
    {
        var answer = answering.IsCompletedSuccessfully ? await answering.ConfigureAwait(false) : null;
        var told = process.Told - (answer?.Cpu ?? TimeSpan.Zero);
        if (end == LaunchEnd.Exited && answer is not null)
        {
            await LeaveAsync(process, answer).ConfigureAwait(false);
            return answer.Refusal is { } refusal ? Result(LaunchEnd.NotStarted) with { Message = StartTrouble.Of(request.Worker!, refusal), IsLasting = true }
                : Result(end) with { ExitCode = answer.ExitCode, Cpu = answer.Cpu, PeakMemoryBytes = Math.Max(answer.PeakBytes, memory.Judge(0)) };
        }

        var usage = await process.GoneAsync().ConfigureAwait(false);
        var explained = end == LaunchEnd.Exited ? OomKills.OfThisMachine.Explained(usage.ExitCode, killsBefore) : null;
        return Result(explained is null ? end : LaunchEnd.OutOfMemory) with
        {
            ExitCode = usage.ExitCode,
            Cpu = usage.Cpu > told ? usage.Cpu - told : TimeSpan.Zero,
            PeakMemoryBytes = Math.Max(limit.PassedBytes, memory.Judge(usage.PeakBytes)),
            Message = explained ?? limit.Message,
        };
    }

    private async Task LeaveAsync(CallProcess process, CallAnswer answer)
    {
        if (answer.IsLast)
        {
            process.Tree.Kill(); // it has a file of the attempt open, for one
        }

        if (answer.IsLast || process.Child.Exited.IsCompleted)
        {
            await process.GoneAsync().ConfigureAwait(false);
        }
        else
        {
            pool.Give(process);
        }
    }

    private LaunchResult Result(LaunchEnd end) => new() { End = end, Wall = _stop.Elapsed };
}
