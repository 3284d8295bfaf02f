using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Attempts that end otherwise than by a result that tells all.</summary>
internal sealed partial class Watch
{
    private const int Killed = 137;

    /// <summary>Beyond its grace, a wrapper that was told to end hashes outputs and writes its result.</summary>
    private static readonly TimeSpan StopSlack = TimeSpan.FromSeconds(30);

    /// <summary>Has attempts ended: those that have not begun end here and now, the others when their wrappers say so.</summary>
    internal async Task StopAsync(IReadOnlyCollection<SlurmAttempt> attempts)
    {
        var here = attempts.Where(attempt => !attempt.HasEnded && _attempts.ContainsKey(attempt.Root)).ToList();
        here.ForEach(attempt => attempt.StoppedAt ??= Stopwatch.GetTimestamp());
        foreach (var attempt in await roots.FenceAsync(here).ConfigureAwait(false))
        {
            Drop([attempt], new SlurmEnd(null, new LaunchResult { End = LaunchEnd.Cancelled }));
        }

        await CancelEmptyJobsAsync(here).ConfigureAwait(false);
    }

    /// <summary>Ends attempts for which a job may come up yet: it will have nothing to do.</summary>
    internal async Task AbandonAsync(IReadOnlyList<SlurmAttempt> attempts, SlurmEnd end)
    {
        await roots.FenceAsync(attempts).ConfigureAwait(false);
        Drop(attempts, end);
    }

    /// <summary>Ends attempts whose wrappers did not, though they were told to.</summary>
    internal async Task GiveUpStoppedAsync()
    {
        foreach (var attempt in _attempts.Values.Where(attempt => HasPassed(attempt.StoppedAt, attempt.Grace + StopSlack)).ToList())
        {
            var message = $"job {attempt.Job} was told to end and did not say that it had";
            Drop([attempt], new SlurmEnd(null, new LaunchResult { End = LaunchEnd.Cancelled, Message = message }));
            await CancelEmptyJobsAsync([attempt]).ConfigureAwait(false);
        }
    }

    /// <summary>Why it ended is not told where a signal came, or a kill: Slurm may know it.</summary>
    private static bool IsDoubtful(SlurmAttempt attempt, AttemptResult result) =>
        !attempt.IsStopAsked && attempt.Batch.Length > 0
        && (result is { End: LaunchEnd.Cancelled, Cause: "TERM" or "INT" } || result is { End: LaunchEnd.Exited, ExitCode: Killed } || result is { End: LaunchEnd.NodeLost });

    private async Task JudgeAsync(IReadOnlyList<SlurmAttempt> gone, QueueSnapshot snapshot)
    {
        List<SlurmAttempt> lost = [];
        foreach (var attempt in gone)
        {
            if (snapshot.IsOfAll && attempt.Doubted is { } result)
            {
                Drop([attempt], new SlurmEnd(result, OfDoubted(attempt, result, snapshot.Find(attempt))) { Text = attempt.DoubtedText });
            }
            else if (snapshot.IsOfAll && NeedsLastWord(attempt))
            {
                lost.Add(attempt);
            }

            attempt.LeftAt ??= Stopwatch.GetTimestamp();
        }

        await LoseAsync(lost, snapshot).ConfigureAwait(false);
    }

    /// <summary>A wrapper that lives on at a node that Slurm has lost is told to end, and what has not begun never will.</summary>
    private async Task LoseAsync(IReadOnlyCollection<SlurmAttempt> lost, QueueSnapshot snapshot)
    {
        var unbegun = await roots.FenceAsync(lost).ConfigureAwait(false);
        foreach (var attempt in lost)
        {
            Drop([attempt], new SlurmEnd(null, LastWord.Of(snapshot.Find(attempt), !unbegun.Contains(attempt), attempt)));
        }
    }

    private static LaunchResult? OfDoubted(SlurmAttempt attempt, AttemptResult result, QueueEntry? word) => attempt.IsGivenUp ? LastWord.OfSilent(attempt, hasBegun: true)
        : LastWord.EndOf(word?.State) is { } end
        ? result.ToLaunchResult() with { End = end, Message = LastWord.MessageOf(end, attempt.Job) }
        : result.End == LaunchEnd.Cancelled ? result.ToLaunchResult() with { End = LaunchEnd.NodeLost, Message = $"job {attempt.Job} was ended from outside, and Slurm does not know why" }
        : null;

    private static void LookAtWaiting(SlurmAttempt attempt, QueueEntry word)
    {
        attempt.LeftAt = null;
        attempt.IsRunning = word.IsRunning;
        attempt.Node = word.Node;
        attempt.SetArray(word.Array);
        if (!word.IsRunning)
        {
            attempt.Heart.Rest();
        }

        attempt.HopelessSince = word.IsHopeless ? attempt.HopelessSince ?? Stopwatch.GetTimestamp() : null;
    }

    private async Task GiveUpHopelessAsync(QueueSnapshot snapshot)
    {
        var hopeless = _attempts.Values.Where(attempt => HasPassed(attempt.HopelessSince, _slurm.FileDelay)).ToList();
        foreach (var attempt in await roots.FenceAsync(hopeless).ConfigureAwait(false))
        {
            var message = $"job {attempt.Job} waits for what will not come: Slurm says {snapshot.Find(attempt)?.Reason}; ask for less, or correct site '{site.Name}'";
            Drop([attempt], new SlurmEnd(null, new LaunchResult { End = LaunchEnd.NotStarted, Message = message, IsLasting = true }));
        }

        await CancelEmptyJobsAsync(hopeless).ConfigureAwait(false);
    }

    /// <summary>What has begun in a job that was cancelled for its silence is awaited until Slurm says that it is gone; the rest ends here.</summary>
    private async Task GiveUpSilentAsync()
    {
        foreach (var attempt in await heartbeats.LookAsync(_attempts.Values).ConfigureAwait(false))
        {
            Drop([attempt], new SlurmEnd(null, LastWord.OfSilent(attempt, hasBegun: false)));
        }
    }

    private async Task EndureSilenceAsync()
    {
        _silentSince ??= Stopwatch.GetTimestamp();
        if (!HasPassed(_silentSince, _slurm.Patience))
        {
            return;
        }

        var all = _attempts.Values.ToList();
        var unbegun = await roots.FenceAsync(all).ConfigureAwait(false);
        foreach (var attempt in all)
        {
            var end = unbegun.Contains(attempt) ? LaunchEnd.NeverStarted : LaunchEnd.NodeLost;
            var message = $"Slurm did not answer for {_slurm.Patience}: {commands.Complaint}";
            Drop([attempt], new SlurmEnd(null, new LaunchResult { End = end, Message = message }));
        }
    }

    /// <summary>Cancels the jobs of attempts that have ended, where no other attempt shares the job.</summary>
    private Task CancelEmptyJobsAsync(IReadOnlyCollection<SlurmAttempt> attempts)
    {
        var jobs = attempts.Where(attempt => attempt.HasEnded && attempt.Job.Length > 0).Select(attempt => attempt.Job).ToHashSet(StringComparer.Ordinal);
        jobs.ExceptWith(_attempts.Values.Select(attempt => attempt.Job));
        var shared = _attempts.Values.Select(attempt => attempt.Array).ToHashSet(StringComparer.Ordinal);
        return commands.CancelAsync([.. jobs.Select(job => shared.Contains(ArrayOf(job)) ? job : ArrayOf(job)).Distinct(StringComparer.Ordinal)]);
    }

    private static string ArrayOf(string job) => job.Split('_')[0];
}
