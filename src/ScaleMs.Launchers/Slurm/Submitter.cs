using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Submits batches, one after the other, and knows what to do where the site does not take one.</summary>
internal sealed class Submitter(SiteProfile site, SlurmCommands commands, Watch watch, BatchRecords records, Func<Task<string>> putWrapper, Action<string> onCrashPoint)
{
    /// <summary>Told when jobs are submitted and no file names them.</summary>
    internal const string BeforeJobRecorded = "slurm-before-job-recorded";

    /// <summary>Told when attempts say that they may have been submitted, and are not.</summary>
    internal const string BeforeSubmission = "slurm-before-submission";

    private readonly SlurmProfile _slurm = site.Slurm ?? new SlurmProfile();
    private readonly LinkedList<Batch> _waiting = [];
    private readonly Dictionary<string, Batch> _unsure = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _unsureSince = new(StringComparer.Ordinal);
    private long? _heldSince;

    /// <summary>The most tasks of an array that the site is known to take.</summary>
    internal int MostTasks { get; private set; } = Math.Max(1, (site.Slurm ?? new SlurmProfile()).MostArray);

    internal bool IsIdle => _waiting.Count == 0 && _unsure.Count == 0;

    /// <summary>How long it is until a submission is tried again; null where none waits.</summary>
    internal TimeSpan? Left() =>
        _waiting.Count == 0 ? null : _heldSince is { } since ? _slurm.Poll - Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    internal void Add(IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
        {
            if (Prepare(batch))
            {
                _waiting.AddLast(batch);
            }
        }
    }

    /// <summary>Submits what waits, until the site wants a pause.</summary>
    /// <param name="hasOthers">Whether other jobs of ours are under way, so that there will be room when they end.</param>
    internal async Task SubmitAsync(Func<bool> hasOthers)
    {
        while (Left() <= TimeSpan.Zero)
        {
            _heldSince = null;
            var batch = _waiting.First!.Value;
            _waiting.RemoveFirst();
            if (batch.Attempts.Any(attempt => !attempt.HasEnded))
            {
                onCrashPoint(BeforeSubmission);
                await SettleAsync(batch, await SubmitAsync(batch).ConfigureAwait(false), hasOthers).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells jobs of which nobody knew whether they had been submitted; the others are submitted again.</summary>
    internal void Settle(QueueSnapshot snapshot)
    {
        foreach (var batch in _unsure.Values.ToList())
        {
            _unsure.Remove(batch.Id);
            if (snapshot.ArrayOf(batch.Id) is { } array)
            {
                Accept(batch, array);
            }
            else
            {
                _waiting.AddFirst(batch);
            }
        }
    }

    private async Task<SubmitAnswer> SubmitAsync(Batch batch)
    {
        try
        {
            return await commands.SubmitAsync(batch, BatchScript.Of(batch, await putWrapper().ConfigureAwait(false), _slurm)).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or SiteException)
        {
            return new SubmitAnswer(SubmitEnd.Failed, $"the wrapper cannot be written: {trouble.Message}");
        }
    }

    private async Task SettleAsync(Batch batch, SubmitAnswer answer, Func<bool> hasOthers)
    {
        switch (answer.End)
        {
            case SubmitEnd.Accepted:
                onCrashPoint(BeforeJobRecorded);
                Accept(batch, answer.Text);
                break;
            case SubmitEnd.Unknown:
                await DoubtAsync(batch, answer.Text).ConfigureAwait(false);
                break;
            case SubmitEnd.TooLarge or SubmitEnd.Full when batch.Tasks.Count > 1:
                Halve(batch, answer.End);
                break;
            case SubmitEnd.Full when hasOthers():
                Hold(batch);
                break;
            default:
                Refuse(batch, answer);
                break;
        }
    }

    /// <summary>Its job is looked for in the queue; where there is none it is submitted again, but not for ever.</summary>
    private async Task DoubtAsync(Batch batch, string complaint)
    {
        _unsureSince.TryAdd(batch.Id, Stopwatch.GetTimestamp());
        if (Stopwatch.GetElapsedTime(_unsureSince[batch.Id]) < _slurm.Patience)
        {
            _unsure.Add(batch.Id, batch);
            return;
        }

        _unsureSince.Remove(batch.Id);
        var message = $"sbatch at site '{site.Name}' did not answer for {_slurm.Patience}: {complaint}";
        await watch.AbandonAsync([.. batch.Attempts], new SlurmEnd(null, new LaunchResult { End = LaunchEnd.NeverStarted, Message = message })).ConfigureAwait(false);
    }

    private void Hold(Batch batch)
    {
        _waiting.AddFirst(batch);
        _heldSince = Stopwatch.GetTimestamp();
    }

    private void Halve(Batch batch, SubmitEnd why)
    {
        MostTasks = why == SubmitEnd.TooLarge ? Math.Max(1, batch.Tasks.Count / 2) : MostTasks;
        foreach (var half in batch.Halves().Reverse())
        {
            if (Prepare(half))
            {
                _waiting.AddFirst(half);
            }
        }
    }

    /// <summary>From here on the attempts may have been submitted, for whoever comes after a kill.</summary>
    private bool Prepare(Batch batch)
    {
        foreach (var (attempt, index) in Indexed(batch))
        {
            attempt.Take(batch.Id, index, string.Empty);
            attempt.IsUnsure = true;
        }

        var trouble = Record(batch);
        if (trouble.Length > 0)
        {
            Refuse(batch, new SubmitAnswer(SubmitEnd.Failed, $"'{AttemptFiles.Submitted}' cannot be written: {trouble}"));
        }

        return trouble.Length == 0;
    }

    private void Accept(Batch batch, string array)
    {
        _unsureSince.Remove(batch.Id);
        foreach (var (attempt, _) in Indexed(batch))
        {
            attempt.SetArray(array);
            attempt.IsUnsure = false;
        }

        records.Write(batch.Id, array);
    }

    private string Record(Batch batch)
    {
        try
        {
            foreach (var (attempt, index) in Indexed(batch))
            {
                new SubmittedRecord(site.Name, batch.Id, index, attempt.Root).Write(attempt.LocalRoot);
            }

            return string.Empty;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return trouble.Message;
        }
    }

    private void Refuse(Batch batch, SubmitAnswer answer)
    {
        var isLasting = answer.End != SubmitEnd.Failed;
        var message = isLasting ? $"sbatch at site '{site.Name}' refused the job: {answer.Text}" : answer.Text;
        watch.Drop(batch.Attempts, new SlurmEnd(null, new LaunchResult { End = LaunchEnd.NotStarted, Message = message, IsLasting = isLasting }));
    }

    private static IEnumerable<(SlurmAttempt Attempt, int Index)> Indexed(Batch batch) =>
        batch.Tasks.SelectMany((task, index) => task.Where(attempt => !attempt.HasEnded).Select(attempt => (attempt, index)));
}
