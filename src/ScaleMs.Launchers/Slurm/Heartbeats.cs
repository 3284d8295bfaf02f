using System.Diagnostics;
using System.Globalization;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Notices attempts that run, as Slurm says, and show no sign of life.</summary>
/// <remarks>
/// An old heartbeat proves nothing: the node may hang, or the file server may, and then the commands go on. So silence is told, and nothing is given up by it. A step is
/// made again when Slurm says that its job is over; where the site sets a limit, the job is cancelled after it, and Slurm's word that it is gone is still awaited.
/// </remarks>
internal sealed class Heartbeats(SiteProfile site, SlurmCommands commands, Roots roots, Action<string> tell)
{
    /// <summary>So many at a time, so that a slow disk keeps nothing waiting.</summary>
    private const int MostLooks = 500;

    private readonly SlurmProfile _slurm = site.Slurm ?? new SlurmProfile();

    /// <summary>Looks at those that are due.</summary>
    /// <param name="attempts">All that are followed.</param>
    /// <returns>Attempts of jobs that were cancelled now and that never will begin.</returns>
    internal async Task<IReadOnlyCollection<SlurmAttempt>> LookAsync(IReadOnlyCollection<SlurmAttempt> attempts)
    {
        var now = Stopwatch.GetTimestamp();
        List<SlurmAttempt> due = [.. attempts.Where(attempt => attempt is { IsRunning: true, LeftAt: null } && attempt.Heart.IsDue(_slurm.Silence / 4, now)).Take(MostLooks)];
        foreach (var (attempt, sight) in await roots.LookAsync(due).ConfigureAwait(false))
        {
            // One of several that share a job waits there for its turn.
            if (sight.IsClaimed || !attempt.Shape.IsPacked)
            {
                attempt.Heart.See(sight.Heartbeat, now);
            }
        }

        TellSilent(due);
        TellBack(due);
        return due.Count == 0 ? [] : await CancelAsync(attempts).ConfigureAwait(false);
    }

    private void TellSilent(IEnumerable<SlurmAttempt> attempts)
    {
        foreach (var node in attempts.Where(attempt => !attempt.Heart.IsTold && attempt.Heart.Silence >= _slurm.Silence).GroupBy(attempt => attempt.Node, StringComparer.Ordinal))
        {
            var longest = node.Max(attempt => attempt.Heart.Silence);
            tell($"node {node.Key} of site '{site.Name}' shows no sign of life for {Text(longest)}: {Names([.. node])}. Slurm says that it runs, so it is waited for; {Advice(node.First())}");
            Mark(node, isTold: true);
        }
    }

    private void TellBack(IEnumerable<SlurmAttempt> attempts)
    {
        foreach (var node in attempts.Where(attempt => attempt.Heart.IsTold && attempt.Heart.Silence < _slurm.Silence).GroupBy(attempt => attempt.Node, StringComparer.Ordinal))
        {
            tell($"node {node.Key} of site '{site.Name}' shows signs of life again: {Names([.. node])}");
            Mark(node, isTold: false);
        }
    }

    /// <summary>A job is cancelled when none of its attempts shows life, and again while Slurm has it: a controller may have been away.</summary>
    private async Task<IReadOnlyCollection<SlurmAttempt>> CancelAsync(IReadOnlyCollection<SlurmAttempt> attempts)
    {
        var jobs = _slurm.SilenceLimit is { } limit
            ? attempts.Where(attempt => attempt is { IsRunning: true, LeftAt: null, Job.Length: > 0 }).GroupBy(attempt => attempt.Job, StringComparer.Ordinal).Where(job => IsSilent(job, limit)).ToList()
            : [];
        List<SlurmAttempt> silent = [.. jobs.SelectMany(job => job).Where(attempt => !attempt.IsGivenUp)];
        foreach (var job in silent.GroupBy(attempt => attempt.Job, StringComparer.Ordinal))
        {
            tell($"job {job.Key} on node {job.First().Node} of site '{site.Name}' is cancelled after a silence of {Text(job.Max(attempt => attempt.Heart.Silence))}; it is made again when Slurm says that it is gone");
        }

        silent.ForEach(attempt => attempt.GiveUp());
        await commands.CancelAsync([.. jobs.Select(job => job.Key)]).ConfigureAwait(false);
        return await roots.FenceAsync(silent).ConfigureAwait(false);
    }

    /// <summary>Whether no attempt of a job has shown life for so long; those that have not begun are not asked, but one must have.</summary>
    internal static bool IsSilent(IEnumerable<SlurmAttempt> job, TimeSpan limit) =>
        job.Where(attempt => attempt.Heart.HasBeenSeen).Select(attempt => attempt.Heart.Silence >= limit).DefaultIfEmpty(false).All(isSilent => isSilent);

    private string Advice(SlurmAttempt attempt) => _slurm.SilenceLimit is { } limit
        ? $"after {Text(limit)} its job is cancelled"
        : $"look at the node, or end the job with 'scancel {attempt.Job}'";

    private static void Mark(IEnumerable<SlurmAttempt> attempts, bool isTold)
    {
        foreach (var attempt in attempts)
        {
            attempt.Heart.IsTold = isTold;
        }
    }

    private static string Names(List<SlurmAttempt> attempts) => attempts is [var only]
        ? $"{only.Step} (job {only.Job})"
        : string.Create(CultureInfo.InvariantCulture, $"{attempts[0].Step} (job {attempts[0].Job}) and {attempts.Count - 1} more");

    private static string Text(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);
}
