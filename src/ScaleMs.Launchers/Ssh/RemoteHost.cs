using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Ssh;

/// <summary>One host: keeps a conversation with it while somebody needs it, tells attempts what the host says of them, and gives them up when it stays away.</summary>
/// <remarks>It knows neither staging nor the other hosts. Thread-safe.</remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore that nobody asks for its handle holds nothing.")]
internal sealed class RemoteHost(SshHost host, SshShell shell, string scratch, SshTiming timing, TimeProvider clock, IHostWatch watch) : IAsyncDisposable
{
    private const int MostInOneLook = 50;
    private const int PollsBetweenFullLooks = 10;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<int, NodeAttempt> _attempts = new();
    private readonly ConcurrentQueue<string> _abandoned = new();
    private readonly SemaphoreSlim _wake = new(0);
    private HostConnection? _connection;
    private Task? _loop;
    private int _numbers;
    private int _polls;
    private volatile bool _isClosed;

    /// <summary>As the ssh client takes it.</summary>
    internal string Destination => host.Destination;

    internal SshShell Shell => shell;

    /// <summary>What keeps it from being used; null while it is used, or was never tried.</summary>
    internal SshTrouble? Trouble { get; private set; }

    /// <summary>The scratch folder there; empty before the first conversation.</summary>
    internal string Scratch { get; private set; } = string.Empty;

    /// <summary>The wrapper's path there; empty before the first conversation.</summary>
    internal string Wrapper { get; private set; } = string.Empty;

    internal bool IsUp => _connection is not null;

    /// <summary>Somebody needs the host: it is connected to, if it is not.</summary>
    internal void Wake()
    {
        lock (_lock)
        {
            _loop ??= Task.Run(KeepAsync);
        }
    }

    /// <summary>A number for an attempt.</summary>
    internal int NextNumber() => Interlocked.Increment(ref _numbers);

    /// <summary>Starts an attempt; from now on it is sure to end.</summary>
    internal async Task StartAsync(NodeAttempt attempt)
    {
        _attempts[attempt.Number] = attempt;
        Wake();
        if (_connection is { } connection)
        {
            await GoAsync(connection, attempt).ConfigureAwait(false);
        }
    }

    /// <summary>Looks after an attempt that was started by an earlier client.</summary>
    internal Task TakeOverAsync(NodeAttempt attempt)
    {
        _attempts[attempt.Number] = attempt;
        Wake();
        Stir();
        return Task.CompletedTask;
    }

    /// <summary>Nobody waits for the attempt any more.</summary>
    internal void Forget(NodeAttempt attempt) => _attempts.TryRemove(attempt.Number, out _);

    /// <summary>Has an attempt ended; where the host is away, when it is back.</summary>
    internal async Task StopAsync(NodeAttempt attempt)
    {
        attempt.StoppedAt = clock.GetTimestamp();
        if (_connection is { } connection && await TryCallAsync(connection, $"stop {CallWord.Of(attempt.Root)}").ConfigureAwait(false))
        {
            return;
        }

        _abandoned.Enqueue(attempt.Root);
        attempt.End(new NodeEnd(null, LaunchEnd.Cancelled, $"host '{Destination}' is away; what runs there is ended when it is back"));
    }

    /// <summary>Removes an attempt's root there, now or never: what is left goes with the old blobs.</summary>
    internal async Task DropAsync(string root)
    {
        if (_connection is { } connection)
        {
            await TryCallAsync(connection, $"drop {CallWord.Of(root)}").ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the host can be used again.</summary>
    /// <returns>False when it stays away for too long.</returns>
    internal async Task<bool> AwaitUpAsync(CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        while (!IsUp && clock.GetElapsedTime(start) < timing.Lost)
        {
            Wake();
            await Task.Delay(timing.Poll, clock, cancellation).ConfigureAwait(false);
        }

        return IsUp;
    }

    /// <summary>Ends the conversation; what runs there goes on. The connection is left to whoever shares it.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        Stir();
        await (_loop ?? Task.CompletedTask).WaitAsync(Farewell).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Stir()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>Connects, tends, and connects again, until nobody needs the host.</summary>
    private async Task KeepAsync()
    {
        var (pause, awaySince) = (timing.FirstPause, (long?)null);
        do
        {
            try
            {
                await using var connection = await OpenAsync().ConfigureAwait(false);
                (pause, awaySince) = (timing.FirstPause, null);
                await UseAsync(connection).ConfigureAwait(false);
            }
            catch (SiteException) when (_connection is not null)
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
                Fail(bug); // nobody may wait for a host that nobody looks after
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

    private void Fail(Exception bug)
    {
        Leave();
        foreach (var attempt in _attempts.Values)
        {
            attempt.Fail(bug);
            Forget(attempt);
        }
    }

    private bool IsNeeded() => !_isClosed && (!_attempts.IsEmpty || watch.IsWanted);

    private async Task<HostConnection> OpenAsync()
    {
        var connection = await HostConnection.OpenAsync(shell, Hear, timing.Answer, CancellationToken.None).ConfigureAwait(false);
        try
        {
            using var patience = new CancellationTokenSource(timing.Answer, clock);
            Scratch = await ScratchFolder.MakeAsync(shell, scratch, patience.Token).ConfigureAwait(false);
            Wrapper = await WrapperFile.PutAsync(shell, Scratch, patience.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception trouble)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw trouble is OperationCanceledException ? new SshTrouble($"host '{Destination}' does not answer", false).AsException() : trouble;
        }
    }

    /// <summary>Uses a conversation until nobody needs it any more; throws when it breaks.</summary>
    private async Task UseAsync(HostConnection connection)
    {
        while (_abandoned.TryDequeue(out var root))
        {
            await connection.CallAsync($"stop {CallWord.Of(root)}").ConfigureAwait(false);
        }

        _connection = connection;
        var former = Trouble;
        Trouble = null;
        await LookAsync(connection, isFull: true).ConfigureAwait(false);
        watch.CameUp(this, former);
        var idleSince = clock.GetTimestamp();
        while (!_isClosed && clock.GetElapsedTime(idleSince) < timing.Idle)
        {
            await PauseAsync(connection).ConfigureAwait(false);
            await LookAsync(connection, ++_polls % PollsBetweenFullLooks == 0).ConfigureAwait(false);
            idleSince = IsNeeded() ? clock.GetTimestamp() : idleSince;
        }

        Leave();
    }

    private void Leave()
    {
        watch.Leaves(this);
        _connection = null;
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
            GiveUp();
        }
    }

    private void GiveUp()
    {
        foreach (var attempt in _attempts.Values)
        {
            _abandoned.Enqueue(attempt.Root);
            attempt.End(new NodeEnd(null, attempt.StoppedAt is null ? LaunchEnd.NodeLost : LaunchEnd.Cancelled, Trouble!.Message));
            Forget(attempt);
        }
    }

    /// <summary>Looks at attempts: at all of them now and then, else at those that were started by somebody else or whose log is followed.</summary>
    private async Task LookAsync(HostConnection connection, bool isFull)
    {
        var words = new StringBuilder();
        var count = 0;
        foreach (var attempt in _attempts.Values.Where(attempt => isFull || attempt.IsTailed || attempt.StoppedAt is not null || attempt.StartedIn != connection))
        {
            words.Append(CultureInfo.InvariantCulture, $" {attempt.Number} {(attempt.IsTailed ? attempt.NextByte.ToString(CultureInfo.InvariantCulture) : "-")} {CallWord.Of(attempt.Root)}");
            if (++count % MostInOneLook == 0)
            {
                await connection.AskAsync("look", words.ToString(), timing.Answer).ConfigureAwait(false);
                words.Clear();
            }
        }

        if (words.Length > 0 || isFull)
        {
            await connection.AskAsync("look", words.ToString(), timing.Answer).ConfigureAwait(false);
        }

        foreach (var attempt in _attempts.Values)
        {
            await attempt.TellAsync().ConfigureAwait(false);
        }
    }

    private void Hear(NodeAnswer answer)
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
            case 'x':
                attempt.End(new NodeEnd(null, LaunchEnd.NeverStarted, $"it could not begin on host '{Destination}': {answer.Text.Trim()}"));
                break;
            case 'y':
                attempt.StartedIn = null; // somebody else runs it, or its wrapper was killed: to be looked at
                break;
            case 'g':
                attempt.End(new NodeEnd(null, LaunchEnd.NodeLost, $"its directory on host '{Destination}' is gone"));
                break;
            case 'b':
                HearBeat(attempt, answer.Text);
                break;
            case 'n' or 'd':
                HearNothing(attempt, answer.Verb == 'n');
                break;
        }
    }

    private void HearBeat(NodeAttempt attempt, string beat)
    {
        if (beat != attempt.Beat)
        {
            (attempt.Beat, attempt.SilentSince) = (beat, null);
        }
        else
        {
            attempt.SilentSince ??= clock.GetTimestamp();
            GiveUpIfSilent(attempt, timing.Frozen, "its wrapper gives no sign of life");
        }
    }

    /// <summary>A second run of a claimed attempt does nothing, so that one of which it is not known whether it was started is started again.</summary>
    private void HearNothing(NodeAttempt attempt, bool isUnclaimed)
    {
        if (isUnclaimed && _connection is { } connection && attempt.StartedIn != connection)
        {
            _ = GoAsync(connection, attempt);
            return;
        }

        attempt.SilentSince ??= clock.GetTimestamp();
        GiveUpIfSilent(attempt, timing.Dead, isUnclaimed ? "it was never begun there" : "its wrapper was killed, or the host was started anew");
    }

    private void GiveUpIfSilent(NodeAttempt attempt, TimeSpan patience, string why)
    {
        if (clock.GetElapsedTime(attempt.SilentSince!.Value) >= patience)
        {
            attempt.End(new NodeEnd(null, attempt.StoppedAt is null ? LaunchEnd.NodeLost : LaunchEnd.Cancelled, $"{why} (host '{Destination}')"));
            _ = _connection is { } connection ? TryCallAsync(connection, $"bury {CallWord.Of(Wrapper)} {CallWord.Of(attempt.Root)}") : Task.FromResult(false);
        }
    }

    private async Task GoAsync(HostConnection connection, NodeAttempt attempt)
    {
        attempt.StartedIn = connection;
        var call = string.Create(CultureInfo.InvariantCulture, $"go {attempt.Number} {CallWord.Of(Wrapper)} {CallWord.Of(attempt.Root)}");
        await TryCallAsync(connection, call).ConfigureAwait(false);
    }

    /// <summary>Whether a call got on its way. If not, the conversation is over, and its loop knows.</summary>
    private static async Task<bool> TryCallAsync(HostConnection connection, string call)
    {
        try
        {
            await connection.CallAsync(call).ConfigureAwait(false);
            return true;
        }
        catch (SiteException)
        {
            return false;
        }
    }
}
