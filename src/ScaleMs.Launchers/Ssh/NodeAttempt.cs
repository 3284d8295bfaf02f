using System.Diagnostics.CodeAnalysis;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>An attempt that a host was told of, and what is known of it. Everything but <see cref="Ended"/> is its host's.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore that nobody asks for its handle holds nothing.")]
internal sealed class NodeAttempt(int number, LaunchRequest request, string root, LogFollower follower, LogSpool? spool)
{
    private readonly SemaphoreSlim _logTurn = new(1);
    private readonly TaskCompletionSource<NodeEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isBeingStarted;

    /// <summary>Its number in the conversation.</summary>
    internal int Number => number;

    internal LaunchRequest Request => request;

    /// <summary>Its root on the host.</summary>
    internal string Root => root;

    /// <summary>Whether its root is on the host alone, so that it is removed there when nobody needs it.</summary>
    internal bool IsThereAlone { get; init; }

    /// <summary>What makes it there, where it is sent by the call that starts it; null where it was sent before.</summary>
    internal string? Unsent { get; init; }

    /// <summary>Completes when it has ended, or is given up.</summary>
    internal Task<NodeEnd> Ended => _ended.Task;

    /// <summary>The conversation in which it was started; null for an earlier one.</summary>
    internal HostConnection? StartedIn { get; set; }

    /// <summary>Whether the call that starts it is yet to be written: a look that overtook it would find nothing there, and keep it from being sent.</summary>
    internal bool IsBeingStarted { get => _isBeingStarted; set => _isBeingStarted = value; }

    /// <summary>Whether its log is read from the host while it runs.</summary>
    internal bool IsTailed => spool is not null && follower.IsWatched;

    /// <summary>The next byte of its log, counted from 1 as <c>tail</c> does.</summary>
    internal long NextByte => (spool?.Length ?? 0) + 1;

    /// <summary>When it was told to end.</summary>
    internal long? StoppedAt { get; set; }

    /// <summary>The conversation in which it was told to end.</summary>
    internal HostConnection? StoppedIn { get; set; }

    /// <summary>The conversation in which it was told to begin its watch.</summary>
    internal HostConnection? StirredIn { get; set; }

    /// <summary>Since when it shows no sign of life.</summary>
    internal long? SilentSince { get; set; }

    /// <summary>Its last heartbeat, and when it changed.</summary>
    internal string Beat { get; set; } = string.Empty;

    internal void End(NodeEnd end) => _ended.TrySetResult(end);

    internal void Fail(Exception bug) => _ended.TrySetException(bug);

    /// <summary>What came with its end.</summary>
    internal BroughtFiles Brought { get; } = new();

    /// <summary>Takes a piece of its log.</summary>
    internal void Take(string base64) => spool?.Append(base64);

    /// <summary>Tells what came into its log; what the listener throws ends the attempt.</summary>
    internal async Task TellAsync()
    {
        await _logTurn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (follower.IsWatched && !_ended.Task.IsCompleted)
            {
                await follower.DrainAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception trouble)
        {
            Fail(trouble); // the listener's own, or a log that cannot be written here
        }
        finally
        {
            _logTurn.Release();
        }
    }

    /// <summary>All of the log is here: the rest of it is told.</summary>
    internal async Task FinishLogAsync()
    {
        await _logTurn.WaitAsync().ConfigureAwait(false);
        try
        {
            await follower.FinishAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _logTurn.Release();
        }
    }
}
