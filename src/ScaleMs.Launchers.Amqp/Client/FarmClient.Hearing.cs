using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <content>What workers and the broker say.</content>
internal sealed partial class FarmClient
{
    /// <summary>A result that came before anybody asked for it.</summary>
    internal async Task TakeKeptAsync(PendingAction action)
    {
        if (_kept.Take(action.Id) is { } kept)
        {
            await TakeAsync(action, kept.Result, kept.Body, kept.Acknowledge).ConfigureAwait(false);
        }
    }

    private async Task HearWorkersAsync(BrokerSession session)
    {
        var channel = await session.ChannelAsync(session.Lost).ConfigureAwait(false);
        var queue = await Topology.ListenAsync(channel, Names.ToClients, session.Lost).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => HearAsync(Wire.Notice(delivery.Body.Span));
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, session.Lost).ConfigureAwait(false);
    }

    private async Task HearAsync(Read<Notice> notice)
    {
        if (notice.Message?.Worker is { } worker)
        {
            View.Take(worker);
            foreach (var running in worker.Running)
            {
                (_pending.TryGetValue(running.Id, out var action) ? action : null)?.IsSeen();
            }
        }

        if (notice.Message is { AsksForClasses: true } && !_classes.IsEmpty && !_pending.IsEmpty)
        {
            await TellWorkersAsync(new Notice { Classes = [.. _classes.Values] }, _closing.Token).ConfigureAwait(false);
        }
    }

    private async Task HearRepliesAsync(BrokerSession session, string queue, ushort ahead)
    {
        var channel = await session.ChannelAsync(session.Lost).ConfigureAwait(false);
        await channel.BasicQosAsync(0, ahead, false, session.Lost).ConfigureAwait(false);
        var consumer = new LastingConsumer(channel, session);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var (body, tag) = (delivery.Body.ToArray(), delivery.DeliveryTag);
            try
            {
                await ReplyAsync(queue, body, delivery.BasicProperties.CorrelationId, () => channel.BasicAckAsync(tag, false, session.Lost)).ConfigureAwait(false);
            }
            catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) || trouble is UnauthorizedAccessException)
            {
                // The result could not be kept or acknowledged: it is delivered again.
                await session.LoseAsync(trouble.Message).ConfigureAwait(false);
            }
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, session.Lost).ConfigureAwait(false);
    }

    private async Task ReplyAsync(string queue, byte[] body, string? id, Func<ValueTask> acknowledge)
    {
        var read = Wire.Result(body);
        if (read.Message is not { } result)
        {
            EndUnread(id, read.Problem);
            await acknowledge().ConfigureAwait(false);
        }
        else if (_pending.TryGetValue(result.Id, out var action))
        {
            await TakeAsync(action, result, body, acknowledge).ConfigureAwait(false);
        }
        else if (queue != ReplyQueue && !result.HasOnlyBegun)
        {
            _kept.Add(result, body, acknowledge); // its attempt may be taken over yet
            await (_pending.TryGetValue(result.Id, out var late) ? TakeKeptAsync(late) : Task.CompletedTask).ConfigureAwait(false); // or was just now
        }
        else
        {
            await (queue == ReplyQueue ? RefuseAsync(result) : Task.CompletedTask).ConfigureAwait(false);
            await acknowledge().ConfigureAwait(false);
        }
    }

    /// <summary>A worker that speaks another version has refused or answered: in either case the attempt has come to its end.</summary>
    private void EndUnread(string? id, string problem)
    {
        _options.Notice($"farm '{Names.Farm}' sent {problem}");
        if (id is not null && _pending.TryRemove(id, out var action))
        {
            action.End(new ResultMessage { Id = id, End = Core.Ports.LaunchEnd.NotStarted, IsLasting = true, Message = $"farm '{Names.Farm}' answered with {problem}" });
        }
    }

    /// <summary>A worker that begins what nobody waits for is told to stop; a result that nobody waits for changes nothing.</summary>
    private async Task RefuseAsync(ResultMessage result)
    {
        if (result.HasOnlyBegun)
        {
            await CancelAsync([result.Id], _closing.Token).ConfigureAwait(false);
            return;
        }

        _options.Notice($"worker '{result.Worker}' sent a result for attempt {Brief(result.Id)}, which nobody waits for: it was given up, or has its result already; ignored");
    }

    private async Task TakeAsync(PendingAction action, ResultMessage result, byte[] body, Func<ValueTask> acknowledge)
    {
        if (result.Key != action.Key)
        {
            _options.Notice($"worker '{result.Worker}' sent a result of another action for attempt {Brief(action.Id)}; ignored");
        }
        else if (result.HasOnlyBegun)
        {
            await HearAsync(action, result).ConfigureAwait(false);
        }
        else
        {
            // First: a result that cannot be kept is delivered again, and is still waited for then.
            action.Journal.Keep(body);
            if (_pending.TryRemove(KeyValuePair.Create(action.Id, action)))
            {
                action.End(result);
            }
        }

        await acknowledge().ConfigureAwait(false);
    }

    private async Task HearAsync(PendingAction action, ResultMessage sign)
    {
        var isNew = !action.HasBegun && !sign.IsWaiting;
        action.HasBegun |= isNew;
        action.IsSeen();
        if (sign.Piece is { } piece)
        {
            action.Log.Take(sign.Worker, sign.PieceAt, piece);
        }
        else if (isNew && action.Log.IsWatched)
        {
            await FollowAsync([action]).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for what they print from now on.</summary>
    private Task FollowAsync(IReadOnlyList<PendingAction> actions) => actions.Count == 0
        ? Task.CompletedTask
        : TellWorkersAsync(new Notice { Followed = [.. actions.Select(action => new FollowNotice(action.Id, action.Log.Received))] }, _closing.Token);
}
