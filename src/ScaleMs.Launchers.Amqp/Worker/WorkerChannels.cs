using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using RabbitMQ.Client.Events;
using RabbitMQ.Client;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>What a worker hears in one session: the queues of the classes that it fits, what it holds, and what clients tell all workers.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore that nobody asks for its handle holds nothing.")]
internal sealed class WorkerChannels(FarmWorkerOptions options, string worker, FarmNames names, Slots slots, ClassBook book, WorkerTools tools, ActionDesk desk, Action announce, BrokerSession session)
{
    private readonly ConcurrentDictionary<string, string> _consumers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _subscribing = new(1);
    private IChannel _work = null!;
    private bool _isClosed;

    internal BrokerSession Session => session;

    internal DateTimeOffset OpenedAt { get; } = TimeProvider.System.GetUtcNow();

    internal async Task OpenAsync()
    {
        var ct = session.Lost;
        await Topology.DeclareAsync(session.Publisher, names, ct).ConfigureAwait(false);
        await Topology.DeclareHeldAsync(session.Publisher, names.Held(worker), options.Lease * 2, ct).ConfigureAwait(false);
        var held = await session.ChannelAsync(ct).ConfigureAwait(false);
        await held.BasicConsumeAsync(names.Held(worker), autoAck: false, Consumer(held, isHeld: true), ct).ConfigureAwait(false);
        _work = await session.ChannelAsync(ct).ConfigureAwait(false);
        await _work.BasicQosAsync(0, (ushort)(options.Slots + options.Ahead), global: true, ct).ConfigureAwait(false);
        foreach (var name in book.Fits.Keys)
        {
            await SubscribeAsync(name).ConfigureAwait(false);
        }

        await HearQuestionsAsync().ConfigureAwait(false);
        await HearClientsAsync().ConfigureAwait(false);
    }

    /// <summary>Takes nothing more.</summary>
    internal async Task CloseAsync()
    {
        await _subscribing.WaitAsync().ConfigureAwait(false);
        try
        {
            _isClosed = true;
            foreach (var tag in _consumers.Values)
            {
                await _work.BasicCancelAsync(tag, noWait: false, session.Lost).ConfigureAwait(false);
            }

            _consumers.Clear();
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
        {
            // Then nothing comes either.
        }
        finally
        {
            _subscribing.Release();
        }
    }

    /// <summary>Takes no more of a class.</summary>
    internal async Task UnsubscribeAsync(string name)
    {
        await _subscribing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_consumers.TryRemove(name, out var tag))
            {
                await _work.BasicCancelAsync(tag, noWait: false, session.Lost).ConfigureAwait(false);
            }
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
        {
            // Then nothing comes either.
        }
        finally
        {
            _subscribing.Release();
        }
    }

    /// <summary>Takes of a class from now on, as many as can run at once and a few ahead.</summary>
    private async Task SubscribeAsync(string name)
    {
        await _subscribing.WaitAsync(session.Lost).ConfigureAwait(false);
        try
        {
            if (_isClosed || _consumers.ContainsKey(name))
            {
                return;
            }

            var queue = names.Work(name);
            await Topology.DeclareWorkAsync(session.Publisher, queue, session.Lost).ConfigureAwait(false);
            await _work.BasicQosAsync(0, (ushort)Math.Min(ushort.MaxValue, slots.CountOf(book.Fits[name]) + options.Ahead), global: false, session.Lost).ConfigureAwait(false);
            _consumers[name] = await _work.BasicConsumeAsync(queue, autoAck: false, Consumer(_work, isHeld: false), session.Lost).ConfigureAwait(false);
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private async Task HearClientsAsync()
    {
        var channel = await session.ChannelAsync(session.Lost).ConfigureAwait(false);
        var queue = await Topology.ListenAsync(channel, names.ToWorkers, session.Lost).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => GuardAsync(() => HearAsync(Wire.Notice(delivery.Body.Span)));
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, session.Lost).ConfigureAwait(false);
        await session.Publisher.BasicPublishAsync(names.ToClients, string.Empty, Wire.Bytes(new Notice { AsksForClasses = true }), session.Lost).ConfigureAwait(false);
    }

    private async Task HearAsync(Read<Notice> read)
    {
        if (read.Message is not { } notice)
        {
            options.Notice($"heard {read.Problem}");
            return;
        }

        foreach (var resources in notice.Classes ?? [])
        {
            if (book.Learn(resources))
            {
                await SubscribeAsync(resources.Name()).ConfigureAwait(false);
            }
        }

        if (notice.AsksForWorkers)
        {
            announce();
        }

        foreach (var followed in notice.Followed ?? [])
        {
            desk.Follow(followed.Id, followed.From);
        }

        foreach (var id in notice.Sought ?? [])
        {
            desk.Tell(id);
        }

        foreach (var id in notice.Cancelled ?? [])
        {
            desk.Cancel(id);
        }
    }

    /// <summary>One at a time: a tool's version may take a while to be told.</summary>
    private async Task HearQuestionsAsync()
    {
        var channel = await session.ChannelAsync(session.Lost).ConfigureAwait(false);
        await channel.BasicQosAsync(0, 1, global: false, session.Lost).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var (read, id, replyTo) = (Wire.Question(delivery.Body.Span), delivery.BasicProperties.CorrelationId, delivery.BasicProperties.ReplyTo);
            return GuardAsync(async () =>
            {
                await AnswerAsync(read, id, replyTo).ConfigureAwait(false);
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, session.Lost).ConfigureAwait(false);
            });
        };
        await channel.BasicConsumeAsync(names.Questions, autoAck: false, consumer, session.Lost).ConfigureAwait(false);
    }

    private async Task AnswerAsync(Read<QuestionMessage> read, string? id, string? replyTo)
    {
        if (read.Message is null)
        {
            options.Notice($"was asked by {read.Problem}");
        }

        if (replyTo is { Length: > 0 })
        {
            // Where the question cannot be read, the answer is empty and says this side's version.
            var answer = tools.Answer(read.Message ?? new QuestionMessage(), worker);
            await session.Publisher.BasicPublishAsync(string.Empty, replyTo, mandatory: false, new BasicProperties { CorrelationId = id }, Wire.Bytes(answer), session.Lost).ConfigureAwait(false);
        }
    }

    private LastingConsumer Consumer(IChannel channel, bool isHeld)
    {
        var consumer = new LastingConsumer(channel, session);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var body = delivery.Body.ToArray();
            return GuardAsync(() => desk.TakeAsync(
                new Delivery(session, channel, delivery.DeliveryTag), body, delivery.RoutingKey, delivery.BasicProperties, delivery.Redelivered, isHeld));
        };
        return consumer;
    }

    /// <summary>What goes wrong here is answered by a new session: what was not acknowledged comes again.</summary>
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) || trouble is BrokerException)
        {
            await session.LoseAsync(trouble.Message).ConfigureAwait(false);
        }
    }
}
