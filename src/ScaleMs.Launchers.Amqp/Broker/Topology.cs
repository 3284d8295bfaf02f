using RabbitMQ.Client;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>How the farm's queues and exchanges are declared; every side declares what it uses, always alike.</summary>
internal static class Topology
{
    /// <summary>Priorities 0 to this one.</summary>
    internal const int MostPriority = AmqpProfile.MostPriority;

    /// <summary>Nobody has asked for it for so long: results of a client that never came back, classes that nobody uses.</summary>
    private const long UnusedMilliseconds = 14L * 24 * 3600 * 1000;

    internal static async Task DeclareAsync(IChannel channel, FarmNames names, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(names.ToClients, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation).ConfigureAwait(false);
        await channel.ExchangeDeclareAsync(names.ToWorkers, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation).ConfigureAwait(false);
        await channel.QueueDeclareAsync(names.Poison, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-max-length"] = 10_000 }, cancellationToken: cancellation).ConfigureAwait(false);
        await channel.QueueDeclareAsync(names.Questions, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-message-ttl"] = 60_000 }, cancellationToken: cancellation).ConfigureAwait(false);
    }

    internal static Task DeclareWorkAsync(IChannel channel, string queue, CancellationToken cancellation) => channel.QueueDeclareAsync(
        queue, durable: true, exclusive: false, autoDelete: false,
        new Dictionary<string, object?> { ["x-max-priority"] = MostPriority, ["x-expires"] = UnusedMilliseconds }, cancellationToken: cancellation);

    internal static Task DeclareRepliesAsync(IChannel channel, string queue, CancellationToken cancellation) => channel.QueueDeclareAsync(
        queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-expires"] = UnusedMilliseconds }, cancellationToken: cancellation);

    /// <summary>What lies there longer than a lease without its worker goes back to where it was sent, by its routing key.</summary>
    internal static async Task DeclareHeldAsync(IChannel channel, string name, TimeSpan lease, CancellationToken cancellation)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-message-ttl"] = (long)lease.TotalMilliseconds,
            ["x-dead-letter-exchange"] = string.Empty,
            ["x-expires"] = UnusedMilliseconds,
        };
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: true, cancellationToken: cancellation).ConfigureAwait(false);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation).ConfigureAwait(false);
        await channel.QueueBindAsync(name, name, string.Empty, cancellationToken: cancellation).ConfigureAwait(false);
    }

    /// <summary>A queue of this connection alone that hears an exchange.</summary>
    internal static async Task<string> ListenAsync(IChannel channel, string exchange, CancellationToken cancellation)
    {
        var queue = await channel.QueueDeclareAsync(string.Empty, durable: false, exclusive: true, autoDelete: true, new Dictionary<string, object?> { ["x-max-length"] = 10_000 }, cancellationToken: cancellation).ConfigureAwait(false);
        await channel.QueueBindAsync(queue.QueueName, exchange, string.Empty, cancellationToken: cancellation).ConfigureAwait(false);
        return queue.QueueName;
    }
}
