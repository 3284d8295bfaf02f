using RabbitMQ.Client;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Launchers.Amqp.Doctor;

/// <summary>Whether this user may do at the broker what clients do: a farm with a name of its own is made, used and removed.</summary>
internal sealed class RightsCheck(BrokerSession session, string farm)
{
    private const int LongestBeginning = 40;

    private readonly FarmNames _names = new($"{farm[..Math.Min(farm.Length, LongestBeginning)]}.doctor-{Guid.NewGuid().ToString("N")[..8]}");

    private string Work => _names.Work("doctor");

    internal async Task<Finding> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await TryAsync(cancellation).ConfigureAwait(false);
            return Finding.Ok(string.Empty, "rights", "queues and exchanges of the farm may be made, written and read");
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) && !cancellation.IsCancellationRequested)
        {
            return Finding.Fail(string.Empty, "rights", $"the broker refuses what a farm needs: {BrokerTrouble.Words(trouble)}",
                "let its administrator call: rabbitmqctl set_permissions -p VHOST USER '^(scalems|amq.gen).*' '^(scalems|amq).*' '^(scalems|amq.gen).*'");
        }
        finally
        {
            await RemoveAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        await Topology.DeclareAsync(session.Publisher, _names, cancellation).ConfigureAwait(false);
        await Topology.DeclareWorkAsync(session.Publisher, Work, cancellation).ConfigureAwait(false);
        await Topology.ListenAsync(session.Publisher, _names.ToClients, cancellation).ConfigureAwait(false);
        await session.Publisher.BasicPublishAsync(_names.ToWorkers, string.Empty, new ReadOnlyMemory<byte>([1]), cancellation).ConfigureAwait(false);
        await session.Publisher.BasicPublishAsync(string.Empty, Work, mandatory: true, new ReadOnlyMemory<byte>([1]), cancellation).ConfigureAwait(false);
        await session.Publisher.BasicGetAsync(Work, autoAck: true, cancellation).ConfigureAwait(false);
    }

    /// <summary>Each on a channel of its own, for a refusal closes it.</summary>
    private async Task RemoveAsync(CancellationToken cancellation)
    {
        foreach (var queue in new[] { Work, _names.Poison, _names.Questions })
        {
            await session.TryAsync(channel => channel.QueueDeleteAsync(queue, cancellationToken: cancellation), cancellation).ConfigureAwait(false);
        }

        foreach (var exchange in new[] { _names.ToClients, _names.ToWorkers })
        {
            await session.TryAsync(channel => channel.ExchangeDeleteAsync(exchange, cancellationToken: cancellation), cancellation).ConfigureAwait(false);
        }
    }
}
