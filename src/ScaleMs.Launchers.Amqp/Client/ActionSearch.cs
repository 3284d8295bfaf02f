using RabbitMQ.Client;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Finds actions that are nowhere any more: a queue was emptied, or a broker came back without its messages.</summary>
/// <remarks>
/// An action is in its queue, with a worker, or for a while among what a dead worker held. While its queue is not empty it may be in there; else all workers are
/// asked. One that was not seen for longer than any lease lasts is lost. A wrong verdict costs time and nothing else: only one result is ever taken.
/// </remarks>
internal sealed class ActionSearch(FarmNames names, AmqpLauncherOptions options, FarmView view)
{
    /// <summary>So many leases pass before what a dead worker held is in its queue again, with some time for the broker to find it dead.</summary>
    private const int Leases = 4;

    /// <summary>Attempts that one question names.</summary>
    private const int MostSought = 1000;

    private TimeSpan Patience => TimeSpan.FromTicks(Math.Max(options.LostPatience.Ticks, view.LongestLease.Ticks * Leases));

    /// <summary>Looks for those that were not heard of lately.</summary>
    /// <returns>Those that are lost.</returns>
    internal async Task<IReadOnlyList<PendingAction>> LookAsync(BrokerSession session, IEnumerable<PendingAction> pending)
    {
        var patience = Patience;
        var lost = new List<PendingAction>();
        foreach (var group in pending.Where(action => action.Silence > patience / 4).GroupBy(action => action.ClassName, StringComparer.Ordinal).ToList())
        {
            if (await session.FindAsync(names.Work(group.Key), session.Lost).ConfigureAwait(false) is { MessageCount: > 0 })
            {
                Seen(group);
                continue;
            }

            lost.AddRange(group.Where(action => action.Silence > patience));
            await AskAsync(session, group).ConfigureAwait(false);
        }

        return lost;
    }

    /// <summary>Who has one answers as it does when it begins one.</summary>
    private async Task AskAsync(BrokerSession session, IEnumerable<PendingAction> sought)
    {
        foreach (var some in sought.Select(action => action.Id).Chunk(MostSought))
        {
            await session.Publisher.BasicPublishAsync(names.ToWorkers, string.Empty, mandatory: false, new BasicProperties(), Wire.Bytes(new Notice { Sought = some }), session.Lost).ConfigureAwait(false);
        }
    }

    private static void Seen(IEnumerable<PendingAction> actions)
    {
        foreach (var action in actions)
        {
            action.IsSeen();
        }
    }
}
