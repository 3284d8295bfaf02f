using System.Diagnostics.CodeAnalysis;
using System.Diagnostics;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Takes attempts and tells how they end. One loop does all the work while there is any, and none when there is none.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore that nobody asks for its handle holds nothing.")]
internal sealed class SlurmDesk(SiteProfile site, Gathering gathering, Submitter submitter, Watch watch)
{
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    private readonly SlurmProfile _slurm = site.Slurm ?? new SlurmProfile();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0);
    private List<SlurmAttempt> _new = [];
    private List<SlurmAttempt> _taken = [];
    private List<SlurmAttempt> _stopping = [];
    private bool _isAtWork;
    private long? _askedAt;
    private long? _lookedAt;

    private TimeSpan Tick => _slurm.Poll / 10 < ShortestTick ? ShortestTick : _slurm.Poll / 10 > LongestTick ? LongestTick : _slurm.Poll / 10;

    /// <summary>Submits an attempt.</summary>
    internal void Submit(SlurmAttempt attempt) => Tell(() => _new.Add(attempt));

    /// <summary>Awaits an attempt that was submitted before.</summary>
    internal void TakeOver(SlurmAttempt attempt) => Tell(() => _taken.Add(attempt));

    /// <summary>Has an attempt ended; its end is told as any other is.</summary>
    internal void Stop(SlurmAttempt attempt)
    {
        attempt.AskToStop();
        Tell(() => _stopping.Add(attempt));
    }

    private void Tell(Action what)
    {
        lock (_lock)
        {
            what();
            if (!_isAtWork)
            {
                _isAtWork = true;
                _ = Task.Run(WorkAsync);
            }
        }

        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            while (await TakeAsync().ConfigureAwait(false))
            {
                await SubmitAsync().ConfigureAwait(false);
                await LookAsync().ConfigureAwait(false);
                await AskAsync().ConfigureAwait(false);
                await _wake.WaitAsync(Pause()).ConfigureAwait(false);
            }
        }
        catch (Exception trouble)
        {
            FailAll(trouble); // a bug of ours: whoever awaits an attempt is told, instead of waiting for ever
        }
    }

    /// <summary>Takes what has come.</summary>
    /// <returns>Whether there is anything to do.</returns>
    private async Task<bool> TakeAsync()
    {
        List<SlurmAttempt> begun, taken, stopping;
        lock (_lock)
        {
            (begun, taken, stopping) = (_new, _taken, _stopping);
            (_new, _taken, _stopping) = ([], [], []);
            _isAtWork = begun.Count + taken.Count + stopping.Count + watch.Count > 0;
            if (!_isAtWork)
            {
                return false;
            }
        }

        begun.ForEach(gathering.Add);
        watch.Add(begun);
        watch.Add(taken);
        await watch.TakeResultsAsync(taken).ConfigureAwait(false);
        await watch.StopAsync(stopping).ConfigureAwait(false);
        return true;
    }

    private async Task SubmitAsync()
    {
        if (gathering.Count > 0 && gathering.Left() <= TimeSpan.Zero)
        {
            submitter.Add(gathering.Take(submitter.MostTasks));
        }

        await submitter.SubmitAsync(() => watch.Attempts.Any(attempt => attempt.Array.Length > 0)).ConfigureAwait(false);
    }

    private async Task LookAsync()
    {
        if (watch.Count > 0 && Left(_lookedAt, Tick) <= TimeSpan.Zero)
        {
            await watch.TakeRungAsync().ConfigureAwait(false);
            await watch.GiveUpStoppedAsync().ConfigureAwait(false);
            _lookedAt = Stopwatch.GetTimestamp();
        }
    }

    private async Task AskAsync()
    {
        if (Left(_askedAt, _slurm.Poll) <= TimeSpan.Zero && watch.Attempts.Any(attempt => attempt.Batch.Length > 0))
        {
            if (await watch.AskAsync().ConfigureAwait(false) is { } snapshot)
            {
                submitter.Settle(snapshot);
            }

            _askedAt = Stopwatch.GetTimestamp();
        }
    }

    private TimeSpan Pause()
    {
        var pause = watch.Count > 0 ? Left(_lookedAt, Tick) : TimeSpan.Zero;
        pause = gathering.Count > 0 && gathering.Left() < pause ? gathering.Left() : pause;
        pause = submitter.Left() is { } left && left < pause ? left : pause;
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    private static TimeSpan Left(long? since, TimeSpan time) => since is { } start ? time - Stopwatch.GetElapsedTime(start) : TimeSpan.Zero;

    private void FailAll(Exception trouble)
    {
        lock (_lock)
        {
            foreach (var attempt in watch.Attempts.Concat(_new).Concat(_taken))
            {
                attempt.Fail(trouble);
            }

            (_new, _taken, _stopping, _isAtWork) = ([], [], [], false);
            watch.Clear();
        }
    }
}
