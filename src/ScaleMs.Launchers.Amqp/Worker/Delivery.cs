using RabbitMQ.Client;
using ScaleMs.Launchers.Amqp.Broker;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>A message that the broker has handed out and wants an answer for; of use in its session only.</summary>
internal sealed record Delivery(BrokerSession Session, IChannel Channel, ulong Tag)
{
    private int _isAnswered;

    /// <summary>Says that it is done with, once. In a session that is lost it does nothing: the message comes again.</summary>
    internal async Task AcknowledgeAsync()
    {
        try
        {
            if (Interlocked.Exchange(ref _isAnswered, 1) == 0 && !Session.Lost.IsCancellationRequested)
            {
                await Channel.BasicAckAsync(Tag, multiple: false, Session.Lost).ConfigureAwait(false);
            }
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
        {
            await Session.LoseAsync(trouble.Message).ConfigureAwait(false);
        }
    }
}
