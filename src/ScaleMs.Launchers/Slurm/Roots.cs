using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>What is looked at and left in attempts' roots, for many at once. A site that does not answer shows nothing, and is asked again.</summary>
internal sealed class Roots(IAttemptView view)
{
    /// <summary>The roots of attempts that rang in the directories of these.</summary>
    internal Task<IReadOnlyList<string>> RungAsync(IEnumerable<SlurmAttempt> attempts) =>
        TryAsync(cancellation => view.EndedAsync([.. attempts.Select(attempt => attempt.Shape.Directory).Distinct(StringComparer.Ordinal)], cancellation), []);

    /// <summary>The texts of results that are there.</summary>
    internal async Task<IReadOnlyList<KeyValuePair<SlurmAttempt, string>>> ResultsAsync(IReadOnlyList<SlurmAttempt> attempts)
    {
        var results = new List<KeyValuePair<SlurmAttempt, string>>();
        foreach (var (attempt, sight) in await LookAsync(attempts).ConfigureAwait(false))
        {
            if (sight.HasResult && await TryAsync(cancellation => view.ReadResultAsync(attempt.Root, cancellation), string.Empty).ConfigureAwait(false) is { Length: > 0 } text)
            {
                results.Add(new(attempt, text));
            }
        }

        return results;
    }

    /// <summary>Claims attempts, so that a job that starts for them has nothing to do, and tells those that have begun to end.</summary>
    /// <returns>Those that will never begin.</returns>
    internal async Task<HashSet<SlurmAttempt>> FenceAsync(IReadOnlyCollection<SlurmAttempt> attempts)
    {
        var fenced = new HashSet<SlurmAttempt>();
        foreach (var (attempt, sight) in await LookAsync([.. attempts]).ConfigureAwait(false))
        {
            if (!sight.IsClaimed && await TryAsync(cancellation => view.ClaimAsync(attempt.Root, cancellation), false).ConfigureAwait(false))
            {
                fenced.Add(attempt);
            }
        }

        await TryAsync(cancellation => DoneAsync(attempts.Count == 0 ? Task.CompletedTask : view.CancelAsync([.. attempts.Select(attempt => attempt.Root)], cancellation)), false).ConfigureAwait(false);
        return fenced;
    }

    /// <summary>Forgets that they rang.</summary>
    internal Task HushAsync(IReadOnlyCollection<SlurmAttempt> attempts) => attempts.Count == 0
        ? Task.CompletedTask
        : TryAsync(cancellation => DoneAsync(view.HushAsync([.. attempts.Select(attempt => attempt.Root)], cancellation)), false);

    /// <summary>What is seen of attempts; of none where the site does not answer.</summary>
    internal async Task<IEnumerable<(SlurmAttempt Attempt, AttemptSight Sight)>> LookAsync(IReadOnlyList<SlurmAttempt> attempts)
    {
        var sights = attempts.Count == 0 ? [] : await TryAsync(cancellation => view.LookAsync([.. attempts.Select(attempt => attempt.Root)], cancellation), []).ConfigureAwait(false);
        return attempts.Zip(sights);
    }

    private static async Task<bool> DoneAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private static async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> look, T nothing)
    {
        using var limit = new CancellationTokenSource(SlurmCommands.LongestAnswer);
        try
        {
            return await look(limit.Token).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is SiteException or OperationCanceledException)
        {
            return nothing;
        }
    }
}
