using System.Collections.Concurrent;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Ssh;

/// <summary>The attempts of one host, and what the host says of them. Thread-safe.</summary>
/// <remarks>It does not know how the host is reached, and nothing of slots.</remarks>
internal sealed class HostAttempts(string destination, SshTiming timing, TimeProvider clock)
{
    private readonly ConcurrentDictionary<int, NodeAttempt> _attempts = new();
    private int _numbers;

    internal bool IsEmpty => _attempts.IsEmpty;

    internal int Count => _attempts.Count;

    internal IEnumerable<NodeAttempt> All => _attempts.Values;

    /// <summary>A number for an attempt.</summary>
    internal int NextNumber() => Interlocked.Increment(ref _numbers);

    internal void Add(NodeAttempt attempt) => _attempts[attempt.Number] = attempt;

    internal void Forget(NodeAttempt attempt) => _attempts.TryRemove(attempt.Number, out _);

    /// <summary>Nobody may wait for a host that nobody looks after.</summary>
    internal void Fail(Exception bug)
    {
        foreach (var attempt in _attempts.Values)
        {
            attempt.Fail(bug);
            Forget(attempt);
        }
    }

    /// <summary>The host stays away.</summary>
    /// <returns>What is to be ended there when it is back.</returns>
    internal IReadOnlyList<NodeAttempt> GiveUp(string why)
    {
        var all = _attempts.Values.ToList();
        foreach (var attempt in all)
        {
            attempt.End(new NodeEnd(null, LostOrStopped(attempt), why) { IsUntold = attempt.StoppedAt is not null });
            Forget(attempt);
        }

        return all;
    }

    /// <summary>Takes an answer of the host.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="calls">The conversation in use; null when there is none.</param>
    internal void Hear(NodeAnswer answer, HostCalls? calls)
    {
        if (!_attempts.TryGetValue(answer.Number, out var attempt))
        {
            return;
        }

        switch (answer.Verb)
        {
            case 'r':
                attempt.End(new NodeEnd(answer.Text));
                break;
            case 't':
                attempt.Take(answer.Text);
                break;
            case 'w' or 'f' when attempt.Ended.IsCompleted:
                break; // a look was faster, and what came may be read by now
            case 'w':
                attempt.Brought.Expect(answer.Text);
                break;
            case 'f':
                attempt.Brought.Append(answer.Text);
                break;
            case 'x':
                attempt.End(new NodeEnd(null, LaunchEnd.NeverStarted, $"it could not begin on host '{destination}': {answer.Text.Trim()}"));
                break;
            case 'y':
                attempt.StartedIn = null; // somebody else runs it, or its wrapper was killed: to be looked at
                break;
            case 'p' when attempt.Unsent is not null:
                attempt.End(Unsent(attempt));
                break;
            case 'p':
                attempt.End(Unsent(attempt) with { IsUnsent = false });
                _ = calls?.BuryAsync(attempt);
                break;
            case 'q':
                attempt.SilentSince ??= clock.GetTimestamp();
                GiveUpIfSilent(attempt, timing.Dead, "not all of it was sent", calls);
                break;
            case 'g' when IsInDoubt(attempt, calls):
                attempt.End(Unsent(attempt));
                break;
            case 'g':
                attempt.End(new NodeEnd(null, LaunchEnd.NodeLost, $"its directory on host '{destination}' is gone"));
                break;
            case 'b':
                HearBeat(attempt, answer.Text, calls);
                break;
            case 'n' or 'd':
                HearNothing(attempt, answer.Verb == 'n', calls);
                break;
        }
    }

    /// <summary>Whether the conversation ended in which it was sent, so that it is not known whether the host heard of it.</summary>
    private static bool IsInDoubt(NodeAttempt attempt, HostCalls? calls) => attempt.Unsent is not null && (calls is null || attempt.StartedIn != calls.Connection);

    private NodeEnd Unsent(NodeAttempt attempt) => new(null, attempt.StoppedAt is null ? LaunchEnd.NeverStarted : LaunchEnd.Cancelled, $"it was not sent to host '{destination}'") { IsUnsent = true };

    private void HearBeat(NodeAttempt attempt, string beat, HostCalls? calls)
    {
        if (attempt.StoppedAt is not null && calls is not null && attempt.StoppedIn != calls.Connection)
        {
            _ = calls.StopAsync(attempt); // the conversation in which it was told may have ended before
        }

        if (beat != attempt.Beat)
        {
            (attempt.Beat, attempt.SilentSince) = (beat, null);
        }
        else
        {
            attempt.SilentSince ??= clock.GetTimestamp();
            StirIfQuiet(attempt, calls);
            GiveUpIfSilent(attempt, timing.Frozen, "its wrapper gives no sign of life", calls);
        }
    }

    /// <summary>What tells attempts to begin their watch may have been killed before it did.</summary>
    private void StirIfQuiet(NodeAttempt attempt, HostCalls? calls)
    {
        if (calls is not null && attempt.StirredIn != calls.Connection && clock.GetElapsedTime(attempt.SilentSince!.Value) >= timing.Quiet)
        {
            _ = calls.StirAsync(attempt);
        }
    }

    /// <summary>A second run of a claimed attempt does nothing, so that one of which it is not known whether it was started is started again: its starter may have died.</summary>
    private void HearNothing(NodeAttempt attempt, bool isUnclaimed, HostCalls? calls)
    {
        if (isUnclaimed && calls is not null)
        {
            var isNew = attempt.StartedIn != calls.Connection;
            _ = calls.GoAsync(attempt);
            if (isNew)
            {
                attempt.SilentSince = null;
                return;
            }
        }

        attempt.SilentSince ??= clock.GetTimestamp();
        GiveUpIfSilent(attempt, timing.Dead, isUnclaimed ? "it was never begun there" : "its wrapper was killed, or the host was started anew", calls);
    }

    private void GiveUpIfSilent(NodeAttempt attempt, TimeSpan patience, string why, HostCalls? calls)
    {
        if (clock.GetElapsedTime(attempt.SilentSince!.Value) >= patience)
        {
            attempt.End(new NodeEnd(null, LostOrStopped(attempt), $"{why} (host '{destination}')"));
            _ = calls?.BuryAsync(attempt);
        }
    }

    private static LaunchEnd LostOrStopped(NodeAttempt attempt) => attempt.StoppedAt is null ? LaunchEnd.NodeLost : LaunchEnd.Cancelled;
}
