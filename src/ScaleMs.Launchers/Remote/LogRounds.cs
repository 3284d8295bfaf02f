namespace ScaleMs.Launchers.Remote;

/// <summary>Reads the logs of attempts under way in turn, some with each tick.</summary>
internal sealed class LogRounds(IAttemptView view, RemoteTiming timing)
{
    private readonly Queue<RemoteAttempt> _round = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>Begins with the next ones, unless those of an earlier tick are still being read.</summary>
    /// <param name="attempts">All attempts.</param>
    internal void Tick(IEnumerable<RemoteAttempt> attempts)
    {
        if (_reading.IsCompleted)
        {
            var next = Next(attempts);
            _reading = next.Count == 0 ? Task.CompletedTask : Task.Run(() => ReadAsync(next));
        }
    }

    private List<RemoteAttempt> Next(IEnumerable<RemoteAttempt> attempts)
    {
        if (_round.Count == 0)
        {
            foreach (var attempt in attempts.Where(attempt => attempt.Log.IsWatched))
            {
                _round.Enqueue(attempt);
            }
        }

        var next = new List<RemoteAttempt>();
        while (next.Count < timing.LogsPerTick && _round.TryDequeue(out var attempt))
        {
            next.Add(attempt);
        }

        return next;
    }

    private Task ReadAsync(List<RemoteAttempt> attempts) =>
        Parallel.ForEachAsync(attempts, new ParallelOptions { MaxDegreeOfParallelism = timing.AtATime }, async (attempt, _) => await ReadAsync(attempt).ConfigureAwait(false));

    private async Task ReadAsync(RemoteAttempt attempt)
    {
        if (attempt.IsEnded || !await attempt.LogTurn.WaitAsync(0).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await attempt.Log.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (SiteException)
        {
            // It is read on when the site answers again.
        }
        catch (Exception trouble)
        {
            attempt.Fail(trouble); // the listener threw, or this machine cannot write the log
            await GiveUpAsync(attempt).ConfigureAwait(false);
        }
        finally
        {
            attempt.LogTurn.Release();
        }
    }

    private async Task GiveUpAsync(RemoteAttempt attempt)
    {
        try
        {
            await view.CancelAsync([attempt.Place.RemoteRoot], CancellationToken.None).ConfigureAwait(false);
        }
        catch (SiteException)
        {
            // Nobody waits for it any more.
        }
    }
}
