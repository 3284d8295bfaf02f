using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>Keeps a session with the broker open: connects again with growing pauses, and lets senders wait meanwhile.</summary>
internal sealed class BrokerLink(BrokerAddress address, string name, TimeSpan heartbeat, Func<BrokerSession, Task> open, Action<string> notice) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource<BrokerSession> _session = New();
    private Task _loop = Task.CompletedTask;

    /// <summary>When the last session was lost; null while one is open or none ever was.</summary>
    internal DateTimeOffset? LostAt { get; private set; }

    internal bool IsOpen => _session.Task is { IsCompletedSuccessfully: true } task && !task.Result.Lost.IsCancellationRequested;

    internal void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>The session that is open, or the next one.</summary>
    /// <exception cref="BrokerException">The broker refuses this client for good.</exception>
    internal Task<BrokerSession> SessionAsync(CancellationToken cancellation) => _session.Task.WaitAsync(cancellation);

    /// <summary>Publishes until the broker has confirmed it, in this session or a later one; so it may arrive twice.</summary>
    /// <returns>False when it is mandatory and there is no such queue.</returns>
    internal async Task<bool> PublishAsync(string exchange, string key, BasicProperties properties, ReadOnlyMemory<byte> body, bool isMandatory, CancellationToken cancellation)
    {
        while (true)
        {
            var session = await SessionAsync(cancellation).ConfigureAwait(false);
            try
            {
                await session.Publisher.BasicPublishAsync(exchange, key, isMandatory, properties, body, session.Lost).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
                return true;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                throw; // a broker that is short of memory or disk confirms nothing for a long time, and keeps the session
            }
            catch (PublishException returned) when (returned.IsReturn)
            {
                return false;
            }
            catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
            {
                await session.LoseAsync(trouble.Message).ConfigureAwait(false);
                await NextAsync(session, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _session.TrySetException(new BrokerException("the connection was closed"));
        _closing.Dispose();
    }

    private static TaskCompletionSource<BrokerSession> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until this session is no longer the one that is handed out.</summary>
    private async Task NextAsync(BrokerSession session, CancellationToken cancellation)
    {
        while (_session.Task is { IsCompletedSuccessfully: true } task && ReferenceEquals(task.Result, session))
        {
            await Task.Delay(FirstPause, cancellation).ConfigureAwait(false);
        }
    }

    private async Task LoopAsync()
    {
        var pause = FirstPause;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                if (await ServeAsync().ConfigureAwait(false))
                {
                    pause = FirstPause;
                }
            }
            catch (BrokerException lasting)
            {
                _session.TrySetException(lasting);
                return;
            }

            await Task.Delay(pause * (0.75 + (Random.Shared.NextDouble() / 2)), _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Opens a session and stays until it is lost.</summary>
    /// <returns>Whether it was open.</returns>
    private async Task<bool> ServeAsync()
    {
        BrokerSession? session = null;
        try
        {
            session = await BrokerSession.OpenAsync(address.Factory(heartbeat), name, _closing.Token).ConfigureAwait(false);
            await open(session).WaitAsync(_closing.Token).ConfigureAwait(false);
            Opened(session);
            await Task.Delay(Timeout.Infinite, session.Lost).WaitAsync(_closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Closed(session.Reason);
            return true;
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
        {
            Tell(trouble, session);
            return false;
        }
        finally
        {
            // A dead connection takes its time to close; nobody waits for that but who closes the link.
            var closing = session?.DisposeAsync().AsTask() ?? Task.CompletedTask;
            await (_closing.IsCancellationRequested ? closing : Task.CompletedTask).ConfigureAwait(false);
        }
    }

    private void Opened(BrokerSession session)
    {
        if (LostAt is not null)
        {
            notice($"the broker at {address} is there again");
        }

        lock (_lock)
        {
            LostAt = null;
            _session.TrySetResult(session);
        }
    }

    private void Closed(string reason)
    {
        lock (_lock)
        {
            LostAt = TimeProvider.System.GetUtcNow();
            _session = New();
        }

        if (!_closing.IsCancellationRequested)
        {
            notice($"the connection to the broker at {address} is lost ({reason}); trying again");
        }
    }

    private void Tell(Exception trouble, BrokerSession? session)
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        if (LostAt is null && BrokerTrouble.Lasting(trouble, address) is { } lasting)
        {
            throw new BrokerException(lasting, trouble);
        }

        LostAt ??= TimeProvider.System.GetUtcNow();
        notice($"the broker at {address} cannot be reached: {session?.Reason ?? BrokerTrouble.Words(trouble)}; trying again");
    }
}
