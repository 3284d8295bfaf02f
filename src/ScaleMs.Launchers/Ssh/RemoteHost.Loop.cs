using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>The loop that keeps the conversation with the host.</summary>
internal sealed partial class RemoteHost
{
    private const int PollsBetweenFullLooks = 10;

    /// <summary>Connects, tends, and connects again, until nobody needs the host.</summary>
    private async Task KeepAsync()
    {
        var (pause, awaySince) = (timing.FirstPause, (long?)null);
        do
        {
            try
            {
                await using var connection = await OpenAsync().ConfigureAwait(false);
                var calls = await PrepareAsync(connection).ConfigureAwait(false);
                (pause, awaySince) = (timing.FirstPause, null);
                await UseAsync(calls).ConfigureAwait(false);
            }
            catch (SiteException) when (_calls is not null)
            {
                awaySince = clock.GetTimestamp(); // it broke; the next try tells whether the host is away, and why
                Leave();
                await shell.ForgetAsync().ConfigureAwait(false);
            }
            catch (SiteException trouble)
            {
                awaySince ??= clock.GetTimestamp();
                await GoAwayAsync(trouble, awaySince.Value).ConfigureAwait(false);
                await Task.Delay(_attempts.IsEmpty || pause < timing.Lost / 4 ? pause : timing.Lost / 4, clock).ConfigureAwait(false);
                pause = pause * 2 < timing.LongestPause ? pause * 2 : timing.LongestPause;
            }
            catch (Exception bug)
            {
                Leave();
                _attempts.Fail(bug);
            }
        }
        while (!IsOver());
    }

    /// <summary>Whoever needs the host says so first and wakes it then.</summary>
    private bool IsOver()
    {
        lock (_lock)
        {
            if (!IsNeeded())
            {
                _loop = null;
            }

            return _loop is null;
        }
    }

    private bool IsNeeded() => !_isClosed && (!_attempts.IsEmpty || !_abandoned.IsEmpty || watch.Waiting > 0);

    private async Task<HostConnection> OpenAsync() =>
        await HostConnection.OpenAsync(shell, answer => _attempts.Hear(answer, _calls), timing.Answer, clock, CancellationToken.None).ConfigureAwait(false);

    /// <summary>Sees to it that the scratch folder is there with the wrapper in it.</summary>
    private async Task<HostCalls> PrepareAsync(HostConnection connection)
    {
        try
        {
            using var patience = new CancellationTokenSource(timing.Answer, clock);
            Scratch = await ScratchFolder.MakeAsync(shell, scratch, patience.Token).ConfigureAwait(false);
            return new HostCalls(connection, await WrapperFile.PutAsync(shell, Scratch, patience.Token).ConfigureAwait(false), timing);
        }
        catch (OperationCanceledException)
        {
            throw new SshTrouble($"host '{Destination}' does not answer", false).AsException();
        }
    }

    /// <summary>Uses a conversation until nobody needs it any more; throws when it breaks.</summary>
    private async Task UseAsync(HostCalls calls)
    {
        await calls.BeginAsync().ConfigureAwait(false);
        await AbandonAllAsync(calls).ConfigureAwait(false);
        _calls = calls;
        var former = Trouble;
        Trouble = null;
        await calls.LookAsync(_attempts, isFull: true).ConfigureAwait(false);
        watch.CameUp(this, former);
        await TendAsync(calls).ConfigureAwait(false);
        Leave();
    }

    /// <summary>What it may not have heard is told again in the next conversation.</summary>
    private async Task AbandonAllAsync(HostCalls calls)
    {
        var all = _abandoned.ToList();
        foreach (var attempt in all)
        {
            await calls.AbandonAsync(attempt).ConfigureAwait(false);
        }

        await calls.ConfirmAsync().ConfigureAwait(false);
        all.ForEach(_ => _abandoned.TryDequeue(out var _));
    }

    private async Task TendAsync(HostCalls calls)
    {
        var idleSince = clock.GetTimestamp();
        while (!_isClosed && clock.GetElapsedTime(idleSince) < timing.Idle)
        {
            await PauseAsync(calls.Connection).ConfigureAwait(false);
            await TryDropAllAsync(calls).ConfigureAwait(false);
            await calls.LookAsync(_attempts, ++_polls % PollsBetweenFullLooks == 0).ConfigureAwait(false);
            idleSince = IsNeeded() ? clock.GetTimestamp() : idleSince;
            if (watch.Waiting == 0)
            {
                DropRooms();
            }
        }

        DropRooms();
        await TryDropAllAsync(calls).ConfigureAwait(false);
    }

    private void Leave()
    {
        watch.Leaves(this);
        _calls = null;
        DropRooms(); // it is not known which of them are there
    }

    private async Task PauseAsync(HostConnection connection)
    {
        using var woken = new CancellationTokenSource();
        await Task.WhenAny(connection.Ended, _wake.WaitAsync(timing.Poll, woken.Token)).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        if (connection.Ended.IsCompleted)
        {
            throw (await connection.TroubleAsync().ConfigureAwait(false)).AsException();
        }
    }

    /// <summary>The host is away, and nothing new goes there. A connection that hangs is not used again.</summary>
    private async Task GoAwayAsync(SiteException trouble, long since)
    {
        var isNew = Trouble is null;
        Trouble = new SshTrouble(trouble.Message, trouble.IsLasting);
        await shell.ForgetAsync().ConfigureAwait(false);
        watch.WentAway(this, isNew, _attempts.Count);
        if (Trouble.IsLasting || clock.GetElapsedTime(since) >= timing.Lost)
        {
            foreach (var attempt in _attempts.GiveUp(Trouble.Message))
            {
                _abandoned.Enqueue(attempt);
            }
        }
    }
}
