using System.Collections.Concurrent;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>Waits for all attempts of one site: one loop, however many there are. Thread safe.</summary>
/// <remarks>
/// A tick lists who has rung and looks at those, at attempts with news, and at a few of the others, so that each is seen once in
/// <see cref="RemoteTiming.Look"/>. The result's file decides; what a scheduler says and a silent heartbeat only end the waiting for it.
/// </remarks>
/// <param name="view">Looks at roots.</param>
/// <param name="timing">How often, and how long.</param>
/// <param name="time">The clock.</param>
internal sealed class RemoteAttempts(IAttemptView view, RemoteTiming timing, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RemoteAttempt> _attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RemoteAttempt> _news = new();
    private readonly Lock _lock = new();
    private readonly AttemptJudge _judge = new(view, timing, time);
    private readonly LogRounds _logs = new(view, timing);
    private HashSet<RemoteAttempt> _hot = [];
    private Queue<string> _round = new();
    private bool _isRunning;

    /// <summary>How many are waited for.</summary>
    internal int Count => _attempts.Count;

    /// <summary>Waits for an attempt that was handed over, now or by an earlier client.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="cancellation">Asks its wrapper to end it; the result is waited for, with a bound.</param>
    /// <returns>How it ended. It throws only what the listener throws, and what keeps this machine from writing the log.</returns>
    internal async Task<LaunchResult> AwaitAsync(RemoteAttempt attempt, CancellationToken cancellation)
    {
        attempt.OnNews = _news.Enqueue;
        _attempts[attempt.Place.RemoteRoot] = attempt;
        attempt.Nudge(); // it may have ended long ago
        Run();
        using var registration = cancellation.Register(attempt.Cancel);
        try
        {
            return await attempt.Ended.ConfigureAwait(false);
        }
        finally
        {
            _attempts.TryRemove(attempt.Place.RemoteRoot, out _);
        }
    }

    private void Run()
    {
        lock (_lock)
        {
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(TurnAsync);
            }
        }
    }

    private async Task TurnAsync()
    {
        using var timer = new PeriodicTimer(timing.Tick, time);
        do
        {
            await TickAsync().ConfigureAwait(false);
            _logs.Tick(_attempts.Values);
        }
        while (!IsDone() && await timer.WaitForNextTickAsync().ConfigureAwait(false));
    }

    private bool IsDone()
    {
        lock (_lock)
        {
            return !(_isRunning = !_attempts.IsEmpty);
        }
    }

    private async Task TickAsync()
    {
        try
        {
            var due = await DueAsync().ConfigureAwait(false);
            var sights = due.Count == 0 ? [] : await view.LookAsync([.. due.Select(attempt => attempt.Place.RemoteRoot)], CancellationToken.None).ConfigureAwait(false);
            var again = new HashSet<RemoteAttempt>();
            for (var i = 0; i < due.Count; i++)
            {
                again.UnionWith(await _judge.JudgeAsync(due[i], sights[i]).ConfigureAwait(false) ? [due[i]] : []);
            }

            _hot = again;
        }
        catch (SiteException)
        {
            // A site that does not answer tells nothing: that is no end of an attempt.
        }
        catch (Exception trouble)
        {
            FailAll(trouble); // a fault of ours must not leave anybody waiting for ever
        }
    }

    private void FailAll(Exception trouble)
    {
        foreach (var attempt in _attempts.Values)
        {
            attempt.Fail(trouble);
        }
    }

    private async Task<List<RemoteAttempt>> DueAsync()
    {
        var due = new HashSet<RemoteAttempt>(_hot.Where(attempt => !attempt.IsEnded));
        while (_news.TryDequeue(out var attempt))
        {
            due.Add(attempt);
        }

        _hot = due; // kept, should the site not answer
        foreach (var root in await RungAsync().ConfigureAwait(false))
        {
            due.UnionWith(_attempts.TryGetValue(root, out var attempt) ? [attempt] : []);
        }

        due.UnionWith(NextOfTheRound());
        return [.. due.Where(attempt => attempt is { IsEnded: false, IsTaken: false })];
    }

    private async Task<IReadOnlyList<string>> RungAsync()
    {
        var parents = _attempts.Values.Select(attempt => attempt.Parent).ToHashSet(StringComparer.Ordinal);
        return await view.EndedAsync(parents, CancellationToken.None).ConfigureAwait(false);
    }

    private List<RemoteAttempt> NextOfTheRound()
    {
        var ticks = Math.Max(1, timing.Look / timing.Tick);
        var next = new List<RemoteAttempt>();
        for (var left = (int)Math.Ceiling(_attempts.Count / ticks); left > 0; left--)
        {
            _round = _round.Count > 0 ? _round : new Queue<string>(_attempts.Keys);
            if (_round.TryDequeue(out var root) && _attempts.TryGetValue(root, out var attempt))
            {
                next.Add(attempt);
            }
        }

        return next;
    }
}
