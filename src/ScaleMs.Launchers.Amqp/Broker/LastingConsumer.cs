using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>Takes from a queue that is to be there as long as the session: when somebody deletes it, everything is declared anew.</summary>
internal sealed class LastingConsumer(IChannel channel, BrokerSession session) : AsyncEventingBasicConsumer(channel)
{
    /// <inheritdoc/>
    public override async Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        await base.HandleBasicCancelAsync(consumerTag, cancellationToken).ConfigureAwait(false);
        if (!session.IsLeaving)
        {
            await session.LoseAsync("a queue of the farm was deleted").ConfigureAwait(false);
        }
    }
}
