using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Follows attempts to their ends. Results are the truth; the queue tells when to look for one that nobody rang for, and why one is missing.</summary>
internal sealed partial class Watch(SiteProfile site, SlurmCommands commands, Roots roots, Heartbeats heartbeats)
{
    private readonly SlurmProfile _slurm = site.Slurm ?? new SlurmProfile();
    private readonly Dictionary<string, SlurmAttempt> _attempts = new(StringComparer.Ordinal);
    private long? _silentSince;

    internal int Count => _attempts.Count;

    internal IReadOnlyCollection<SlurmAttempt> Attempts => _attempts.Values;

    internal void Add(IReadOnlyCollection<SlurmAttempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            _attempts[attempt.Root] = attempt;
        }
    }

    internal void Clear() => _attempts.Clear();

    /// <summary>Ends attempts that no job runs.</summary>
    internal void Drop(IEnumerable<SlurmAttempt> attempts, SlurmEnd end)
    {
        foreach (var attempt in attempts)
        {
            _attempts.Remove(attempt.Root);
            attempt.Finish(end);
        }
    }

    /// <summary>Takes the results of attempts that have rung, and tells what the others print.</summary>
    internal async Task TakeRungAsync()
    {
        var rung = await roots.RungAsync(_attempts.Values).ConfigureAwait(false);
        await TakeResultsAsync([.. rung.Select(root => _attempts.GetValueOrDefault(root)).OfType<SlurmAttempt>().Where(attempt => attempt.Doubted is null)]).ConfigureAwait(false);
        await FollowAsync().ConfigureAwait(false);
    }

    private async Task FollowAsync()
    {
        List<SlurmAttempt> unheard = [];
        foreach (var attempt in _attempts.Values.Where(attempt => attempt.IsRunning))
        {
            if (!await attempt.FollowAsync().ConfigureAwait(false))
            {
                unheard.Add(attempt);
            }
        }

        await StopAsync(unheard).ConfigureAwait(false);
    }

    /// <summary>Takes the results that are there.</summary>
    internal async Task TakeResultsAsync(IReadOnlyList<SlurmAttempt> attempts)
    {
        List<SlurmAttempt> rung = [];
        foreach (var (attempt, text) in await roots.ResultsAsync(attempts).ConfigureAwait(false))
        {
            if (attempt.Accept(text) is not { } result)
            {
                continue;
            }

            if (attempt is { IsGivenUp: true, IsStopAsked: false } && result.End == LaunchEnd.Cancelled)
            {
                Drop([attempt], new SlurmEnd(result, LastWord.OfSilent(attempt, hasBegun: true)) { Text = text });
            }
            else if (IsDoubtful(attempt, result))
            {
                (attempt.Doubted, attempt.DoubtedText) = (result, text);
            }
            else
            {
                Drop([attempt], new SlurmEnd(result, null) { Text = text });
            }

            rung.Add(attempt);
        }

        await roots.HushAsync(rung).ConfigureAwait(false);
    }

    /// <summary>Asks Slurm about all of them at once.</summary>
    /// <returns>What it says; null when it is silent.</returns>
    internal async Task<QueueSnapshot?> AskAsync()
    {
        var snapshot = await commands.QueueAsync(_attempts.Values.Any(NeedsLastWord)).ConfigureAwait(false);
        if (snapshot is null)
        {
            await EndureSilenceAsync().ConfigureAwait(false);
            return null;
        }

        _silentSince = null;
        await RememberAsync(snapshot).ConfigureAwait(false);
        await LookAsync(snapshot).ConfigureAwait(false);
        return snapshot;
    }

    private async Task RememberAsync(QueueSnapshot snapshot)
    {
        if (snapshot.IsOfAll)
        {
            var forgotten = _attempts.Values.Where(attempt => NeedsLastWord(attempt) && attempt.Array.Length > 0 && snapshot.Find(attempt) is null);
            snapshot.Add(await commands.AccountAsync([.. forgotten.Select(attempt => attempt.Array).Distinct(StringComparer.Ordinal)]).ConfigureAwait(false));
        }
    }

    private async Task LookAsync(QueueSnapshot snapshot)
    {
        List<SlurmAttempt> gone = [];
        foreach (var attempt in _attempts.Values)
        {
            if (snapshot.Find(attempt) is { IsOver: false } word)
            {
                LookAtWaiting(attempt, word);
            }
            else if (!attempt.IsUnsure)
            {
                attempt.HopelessSince = null;
                gone.Add(attempt);
            }
        }

        await TakeResultsAsync([.. gone.Where(attempt => attempt.Doubted is null)]).ConfigureAwait(false);
        await JudgeAsync([.. gone.Where(attempt => !attempt.HasEnded)], snapshot).ConfigureAwait(false);
        await GiveUpHopelessAsync(snapshot).ConfigureAwait(false);
        await GiveUpSilentAsync().ConfigureAwait(false);
    }

    private bool NeedsLastWord(SlurmAttempt attempt) => attempt.Doubted is not null || HasPassed(attempt.LeftAt, _slurm.FileDelay);

    private static bool HasPassed(long? since, TimeSpan time) => since is { } start && Stopwatch.GetElapsedTime(start) >= time;
}
