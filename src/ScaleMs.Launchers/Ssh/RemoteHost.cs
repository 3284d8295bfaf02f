using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Ssh;

/// <summary>One host: keeps a conversation with it while somebody needs it, tells attempts what the host says of them, and gives them up when it stays away.</summary>
/// <remarks>It knows neither staging nor the other hosts. Thread-safe.</remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore that nobody asks for its handle holds nothing.")]
internal sealed partial class RemoteHost(SshHost host, SshShell shell, string scratch, SshTiming timing, TimeProvider clock, IHostWatch watch) : IAsyncDisposable
{
    private const int MostInOneDrop = 32;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HostAttempts _attempts = new(host.Destination, timing, clock);
    private readonly ConcurrentQueue<NodeAttempt> _abandoned = new();
    private readonly ConcurrentQueue<string> _dropped = new();
    private readonly HostRooms _rooms = new();
    private readonly SemaphoreSlim _wake = new(0);
    private volatile HostCalls? _calls;
    private Task? _loop;
    private int _polls;
    private volatile bool _isClosed;

    /// <summary>As the ssh client takes it.</summary>
    internal string Destination => host.Destination;

    internal SshShell Shell => shell;

    /// <summary>What keeps it from being used; null while it is used, or was never tried.</summary>
    internal SshTrouble? Trouble { get; private set; }

    /// <summary>The scratch folder there; empty before the first conversation.</summary>
    internal string Scratch { get; private set; } = string.Empty;

    internal bool IsUp => _calls is not null;

    /// <summary>Somebody needs the host: it is connected to, if it is not.</summary>
    internal void Wake()
    {
        lock (_lock)
        {
            _loop ??= Task.Run(KeepAsync);
        }
    }

    /// <summary>A number for an attempt.</summary>
    internal int NextNumber() => _attempts.NextNumber();

    /// <summary>The name of a folder for an attempt that is to be sent there.</summary>
    internal Task<string> RoomAsync() => _calls is { } calls ? _rooms.TakeAsync(watch.Waiting, calls.MakeRoomsAsync) : _rooms.TakeAsync(0, _ => Task.CompletedTask);

    /// <summary>Starts an attempt, and sends it where it is not there; from now on it is sure to end.</summary>
    internal async Task StartAsync(NodeAttempt attempt)
    {
        var calls = _calls;
        attempt.StartedIn = calls?.Connection;
        attempt.IsBeingStarted = calls is not null;
        _attempts.Add(attempt);
        Wake();
        if (calls is not null)
        {
            await (attempt.Unsent is { } shell ? calls.SendAsync(attempt, shell) : calls.GoAsync(attempt)).ConfigureAwait(false);
            attempt.IsBeingStarted = false;
        }
    }

    /// <summary>Looks after an attempt that was started by an earlier client.</summary>
    internal Task TakeOverAsync(NodeAttempt attempt)
    {
        _attempts.Add(attempt);
        Wake();
        Stir();
        return Task.CompletedTask;
    }

    /// <summary>Nobody waits for the attempt any more.</summary>
    internal void Forget(NodeAttempt attempt) => _attempts.Forget(attempt);

    /// <summary>Has an attempt ended; where the host is away, when it is back.</summary>
    internal async Task StopAsync(NodeAttempt attempt)
    {
        attempt.StoppedAt = clock.GetTimestamp();
        if (_calls is { } calls && await calls.StopAsync(attempt).ConfigureAwait(false))
        {
            return;
        }

        _abandoned.Enqueue(attempt);
        attempt.End(new NodeEnd(null, LaunchEnd.Cancelled, $"host '{Destination}' is away; what runs there is ended when it is back") { IsUntold = true });
    }

    /// <summary>Has an attempt ended that nobody awaits; where the host is away, when it is back.</summary>
    internal async Task AbandonAsync(NodeAttempt attempt)
    {
        try
        {
            await (_calls?.AbandonAsync(attempt) ?? throw new SiteException($"host '{Destination}' is away")).ConfigureAwait(false);
        }
        catch (SiteException)
        {
            _abandoned.Enqueue(attempt);
            Wake();
        }
    }

    /// <summary>Removes an attempt's root there, with others and before the conversation ends; what is left is collected by a later client.</summary>
    internal async Task DropAsync(string root)
    {
        _dropped.Enqueue(root);
        if (_dropped.Count >= MostInOneDrop && _calls is { } calls)
        {
            await TryDropAllAsync(calls).ConfigureAwait(false);
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

    private async Task TryDropAllAsync(HostCalls calls)
    {
        var roots = new List<string>();
        while (roots.Count < MostInOneDrop && _dropped.TryDequeue(out var root))
        {
            roots.Add(root);
        }

        if (roots.Count > 0 && !await calls.DropAsync(roots).ConfigureAwait(false))
        {
            roots.ForEach(_dropped.Enqueue);
        }
    }

    private void DropRooms()
    {
        foreach (var room in _rooms.TakeAll())
        {
            _dropped.Enqueue($"{Scratch}/attempts/{room}");
        }
    }
}
