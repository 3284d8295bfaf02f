using System.Diagnostics;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Local;

/// <summary>Accompanies one running command to its end, and sees to it that nothing of it is left behind.</summary>
internal sealed class CommandWatch(ChildProcess child, ProcessTree tree, PeakMemory memory, MemoryLimit limit, LogTail? tail, StopSign stop)
{
    private const int LooksToBeSure = 2;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);

    /// <summary>What a command that ended by itself left running gets no longer than this, whatever the grace.</summary>
    private static readonly TimeSpan LeftoverGrace = TimeSpan.FromSeconds(2);

    /// <summary>A process in an uninterruptible wait (a dead network disk) outlives KILL; only for the leader we wait longer.</summary>
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Young = TimeSpan.FromSeconds(1);

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Whether the command ended by itself and certainly left no process behind.</summary>
    internal bool LeftNobody { get; private set; }

    /// <summary>What the command prints into instead of its log; null when it writes the log itself.</summary>
    internal FilteredLog? Log { get; init; }

    /// <summary>What ends the command; its leader's end by default. Where it is another, the leader may live on when the command left nothing behind.</summary>
    internal Task Ended { private get; init; } = child.Exited;

    /// <summary>Finds what the command left behind; all but its ended leader by default.</summary>
    internal Func<Remains>? Leftovers { private get; init; }

    /// <summary>Returns when the leader has ended, its tree is gone and its output is told.</summary>
    /// <param name="grace">The time between TERM and KILL.</param>
    internal async Task<LaunchEnd> ToTheEndAsync(TimeSpan grace)
    {
        var end = await WhileRunningAsync().ConfigureAwait(false);
        if (end != LaunchEnd.Exited)
        {
            await EndTreeAsync(grace).ConfigureAwait(false);
        }
        else if (HasLeftovers())
        {
            await EndTreeAsync(grace < LeftoverGrace ? grace : LeftoverGrace).ConfigureAwait(false);
        }

        if (Log is not null)
        {
            await Log.EndAsync().ConfigureAwait(false);
        }

        tail?.Finish();
        return end;
    }

    /// <summary>Ends the command at once; for when the host is in trouble.</summary>
    internal async Task AbortAsync()
    {
        tree.Kill();
        await child.Exited.ConfigureAwait(false);
        tree.Kill();
    }

    private async Task<LaunchEnd> WhileRunningAsync()
    {
        var pause = FirstPause;
        while (!Ended.IsCompleted)
        {
            if (stop.Reason is { } reason)
            {
                return reason;
            }

            if (limit.IsPassed())
            {
                return LaunchEnd.OutOfMemory;
            }

            await Ended.WaitAsync(stop.AtMost(pause), stop.Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = Look() ? Longer(pause) : TimeSpan.Zero;
        }

        return LaunchEnd.Exited;
    }

    private async Task EndTreeAsync(TimeSpan grace)
    {
        tree.Terminate();
        if (await GoesAsync(grace).ConfigureAwait(false))
        {
            return;
        }

        var start = Stopwatch.GetTimestamp();
        do
        {
            tree.Kill(); // again and again: a process may be forking while it is being listed
        }
        while (!await GoesAsync(LongestPause).ConfigureAwait(false)
            && (!child.Exited.IsCompleted || Stopwatch.GetElapsedTime(start) < LeftoverPatience));
    }

    private async Task<bool> GoesAsync(TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        var pause = FirstPause;
        // Twice: in the middle of an exec a process has no environment, and so no marker.
        for (var looks = IsGone() ? 1 : 0; looks < LooksToBeSure; looks = IsGone() ? looks + 1 : 0)
        {
            if (looks == 0 && Stopwatch.GetElapsedTime(start) >= limit)
            {
                return false;
            }

            await Task.Delay(pause).ConfigureAwait(false);
            pause = Longer(pause);
            _ = Look();
        }

        return true;
    }

    /// <summary>Whether so little time has passed that few process ids were given out.</summary>
    internal bool IsYoung => Stopwatch.GetElapsedTime(_start) < Young;

    private bool HasLeftovers()
    {
        var left = Leftovers is not null ? Leftovers() : IsYoung ? tree.OfYoungLeader() : new Remains(tree.Members(), IsCertain: false);
        LeftNobody = left is { IsCertain: true, Members.Count: 0 };
        return left.Members.Count > 0;
    }

    private bool IsGone() => child.Exited.IsCompleted && tree.Members().Count == 0;

    /// <returns>False when there is more output to tell at once.</returns>
    private bool Look()
    {
        if (!Ended.IsCompleted)
        {
            // Of an ended leader nothing can be read any more, and to search all processes of a large node takes longer than a short command or call.
            memory.Sample();
        }

        return tail?.Drain() ?? true;
    }

    private static TimeSpan Longer(TimeSpan pause) => pause < FirstPause ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
