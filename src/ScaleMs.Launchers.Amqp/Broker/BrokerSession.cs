using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>One connection, from its opening to its loss. A channel that the broker closes takes the whole session with it: what it held is held by nobody.</summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private readonly IConnection _connection;

    private BrokerSession(IConnection connection, IChannel publisher)
    {
        _connection = connection;
        Publisher = publisher;
    }

    /// <summary>The channel with publisher confirms.</summary>
    internal IChannel Publisher { get; }

    /// <summary>Set when the connection or one of its channels is gone.</summary>
    /// <remarks>Its source has no timer and is never disposed of: whoever still holds the session may look.</remarks>
    internal CancellationToken Lost => _lost.Token;

    /// <summary>What the broker says of itself; empty when it says nothing.</summary>
    internal string ServerVersion => _connection.ServerProperties?.TryGetValue("version", out var version) == true && version is byte[] text ? Encoding.UTF8.GetString(text) : string.Empty;

    /// <summary>Set before this side deletes its own queues, as the last thing that it does.</summary>
    internal bool IsLeaving { get; set; }

    internal string Reason { get; private set; } = string.Empty;

    internal static async Task<BrokerSession> OpenAsync(ConnectionFactory factory, string name, CancellationToken cancellation)
    {
        var connection = await factory.CreateConnectionAsync(name, cancellation).ConfigureAwait(false);
        try
        {
            var confirms = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
            var session = new BrokerSession(connection, await connection.CreateChannelAsync(confirms, cancellation).ConfigureAwait(false));
            connection.ConnectionShutdownAsync += (_, shutdown) => session.LoseAsync(shutdown.ReplyText);
            session.Watch(session.Publisher);
            return session;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A channel for consumers, which handle one message after the other.</summary>
    internal async Task<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(false, false, null, 1), cancellation).ConfigureAwait(false);
        Watch(channel);
        return channel;
    }

    /// <summary>A channel that may be closed by the broker without harm; the caller disposes of it.</summary>
    private Task<IChannel> PassingChannelAsync(CancellationToken cancellation) => _connection.CreateChannelAsync(new CreateChannelOptions(false, false, null, 1), cancellation);

    /// <summary>What waits in a queue and who takes from it; null where there is no such queue. On a channel of its own: the broker closes it then.</summary>
    internal async Task<QueueDeclareOk?> FindAsync(string queue, CancellationToken cancellation)
    {
        var channel = await PassingChannelAsync(cancellation).ConfigureAwait(false);
        await using var closing = channel.ConfigureAwait(false);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, cancellation).ConfigureAwait(false);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    /// <summary>Does what the broker may refuse, on a channel of its own.</summary>
    /// <returns>Whether it was done.</returns>
    internal async Task<bool> TryAsync(Func<IChannel, Task> work, CancellationToken cancellation)
    {
        var channel = await PassingChannelAsync(cancellation).ConfigureAwait(false);
        await using var closing = channel.ConfigureAwait(false);
        try
        {
            await work(channel).ConfigureAwait(false);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Begins anew: nothing that is under way in this session will be heard of.</summary>
    internal Task LoseAsync(string reason)
    {
        Reason = Reason.Length > 0 ? Reason : reason;
        return _lost.CancelAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await LoseAsync("closed").ConfigureAwait(false);
        try
        {
            await _connection.CloseAsync(200, "Goodbye", TimeSpan.FromSeconds(5), abort: true, CancellationToken.None).ConfigureAwait(false);
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
        {
            // It is gone anyway.
        }
    }

    private void Watch(IChannel channel) => channel.ChannelShutdownAsync += (_, shutdown) => LoseAsync(shutdown.ReplyText);
}
