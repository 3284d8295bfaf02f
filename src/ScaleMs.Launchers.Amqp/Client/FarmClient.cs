using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>A client's side of the farm: sends actions, and finds for each result the attempt that waits for it.</summary>
internal sealed class FarmClient : IAsyncDisposable
{
    private const ushort RepliesAhead = 256;

    private readonly AmqpLauncherOptions _options;
    private readonly BrokerLink _link;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, PendingAction> _pending = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ResourceClass> _classes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _adopted = new(StringComparer.Ordinal);
    private readonly KeptResults _kept = new();
    private readonly Task _announcing;

    internal FarmClient(AmqpLauncherOptions options)
    {
        _options = options;
        Names = new FarmNames(options.Farm);
        ReplyQueue = Names.Replies(Guid.NewGuid().ToString("N"));
        View = new FarmView(options.Announcement * 6);
        Questions = new FarmQuestions(Names, () => _link!);
        _link = new BrokerLink(options.Broker, "scalems client", options.Heartbeat, OpenAsync, options.Notice);
        _link.Start();
        _announcing = Task.Run(AnnounceAsync);
    }

    internal FarmNames Names { get; }

    /// <summary>Outlives this client: results that come after its death wait there for its successor.</summary>
    internal string ReplyQueue { get; }

    internal FarmView View { get; }

    internal FarmQuestions Questions { get; }

    /// <summary>Waits for a result from now on; before the action is sent.</summary>
    internal void Expect(PendingAction action) => _pending[action.Id] = action;

    internal void Forget(PendingAction action) => _pending.TryRemove(KeyValuePair.Create(action.Id, action));

    internal async Task SendAsync(string queue, ActionMessage message, byte[] action, CancellationToken cancellation)
    {
        await KnowAsync(message.Class, cancellation).ConfigureAwait(false);
        while (!await _link.PublishAsync(string.Empty, queue, ActionProperties.Of(message, _options.Priority, 0), action, isMandatory: true, cancellation).ConfigureAwait(false))
        {
            await DeclareAsync(queue, cancellation).ConfigureAwait(false); // nobody had used it for weeks
        }
    }

    /// <summary>Hears a dead client's results.</summary>
    internal async Task AdoptAsync(string queue, CancellationToken cancellation)
    {
        if (queue == ReplyQueue || !_adopted.TryAdd(queue, true))
        {
            return;
        }

        var session = await _link.SessionAsync(cancellation).ConfigureAwait(false);
        await HearRepliesAsync(session, queue, 0).ConfigureAwait(false);
    }

    /// <summary>A result that came before anybody asked for it.</summary>
    internal async Task TakeKeptAsync(PendingAction action)
    {
        if (_kept.Take(action.Id) is { } kept)
        {
            await TakeAsync(action, kept.Result, kept.Body, kept.Acknowledge).ConfigureAwait(false);
        }
    }

    /// <summary>Tells all workers that nobody waits for these any more. It may not arrive: a worker that begins one asks.</summary>
    internal Task CancelAsync(IReadOnlyList<string> ids, CancellationToken cancellation) => TellWorkersAsync(new Notice { Cancelled = ids }, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _announcing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_link.IsOpen && _pending.IsEmpty)
        {
            await DeleteRepliesAsync().ConfigureAwait(false);
        }

        await _link.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task DeleteRepliesAsync()
    {
        try
        {
            var session = await _link.SessionAsync(CancellationToken.None).ConfigureAwait(false);
            await session.Publisher.QueueDeleteAsync(ReplyQueue, cancellationToken: session.Lost).ConfigureAwait(false);
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
        {
            // It expires.
        }
    }

    private async Task OpenAsync(BrokerSession session)
    {
        _kept.Clear(); // they are delivered again
        await Topology.DeclareAsync(session.Publisher, Names, session.Lost).ConfigureAwait(false);
        await Topology.DeclareRepliesAsync(session.Publisher, ReplyQueue, session.Lost).ConfigureAwait(false);
        foreach (var name in _classes.Keys)
        {
            await Topology.DeclareWorkAsync(session.Publisher, Names.Work(name), session.Lost).ConfigureAwait(false);
        }

        await HearRepliesAsync(session, ReplyQueue, RepliesAhead).ConfigureAwait(false);
        foreach (var queue in _adopted.Keys)
        {
            await HearRepliesAsync(session, queue, 0).ConfigureAwait(false);
        }

        await Questions.OpenAsync(session).ConfigureAwait(false);
        await HearWorkersAsync(session).ConfigureAwait(false);
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
        }

        if (notice.Message is { AsksForClasses: true } && !_classes.IsEmpty && !_pending.IsEmpty)
        {
            await TellWorkersAsync(new Notice { Classes = [.. _classes.Values] }, _closing.Token).ConfigureAwait(false);
        }
    }

    private async Task HearRepliesAsync(BrokerSession session, string queue, ushort ahead)
    {
        await Topology.DeclareRepliesAsync(session.Publisher, queue, session.Lost).ConfigureAwait(false);
        var channel = await session.ChannelAsync(session.Lost).ConfigureAwait(false);
        await channel.BasicQosAsync(0, ahead, false, session.Lost).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
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
        }
        else
        {
            await RefuseAsync(result).ConfigureAwait(false);
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
            action.HasBegun = true;
        }
        else if (_pending.TryRemove(KeyValuePair.Create(action.Id, action)))
        {
            AttemptNotes.PutResult(action.Root, body);
            action.End(result);
        }

        await acknowledge().ConfigureAwait(false);
    }

    private async Task KnowAsync(ResourceClass resources, CancellationToken cancellation)
    {
        if (_classes.TryAdd(resources.Name(), resources))
        {
            await DeclareAsync(Names.Work(resources.Name()), cancellation).ConfigureAwait(false);
            await TellWorkersAsync(new Notice { Classes = [resources] }, cancellation).ConfigureAwait(false);
        }
    }

    private async Task DeclareAsync(string queue, CancellationToken cancellation)
    {
        while (true)
        {
            var session = await _link.SessionAsync(cancellation).ConfigureAwait(false);
            try
            {
                await Topology.DeclareWorkAsync(session.Publisher, queue, session.Lost).ConfigureAwait(false);
                return;
            }
            catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) && !cancellation.IsCancellationRequested)
            {
                await session.LoseAsync(trouble.Message).ConfigureAwait(false);
                await Task.Delay(200, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task TellWorkersAsync(Notice notice, CancellationToken cancellation) =>
        await _link.PublishAsync(Names.ToWorkers, string.Empty, new BasicProperties(), Wire.Bytes(notice), isMandatory: false, cancellation).ConfigureAwait(false);

    /// <summary>Tells workers that come later, and ends what no worker fits.</summary>
    private async Task AnnounceAsync()
    {
        using var timer = new PeriodicTimer(_options.Announcement);
        while (await timer.WaitForNextTickAsync(_closing.Token).ConfigureAwait(false))
        {
            if (_pending.IsEmpty || !_link.IsOpen)
            {
                continue;
            }

            EndWhatNobodyFits();
            await TellWorkersAsync(new Notice { Classes = [.. _classes.Values] }, _closing.Token).ConfigureAwait(false);
        }
    }

    private void EndWhatNobodyFits()
    {
        var since = TimeProvider.System.GetUtcNow() - _options.NoFitPatience;
        foreach (var group in _pending.Values.Where(action => !action.HasBegun && action.Since < since).GroupBy(action => action.ClassName, StringComparer.Ordinal))
        {
            if (View.WhyNobodyFits(group.Key) is not { } reasons)
            {
                continue;
            }

            foreach (var action in group.Where(action => _pending.TryRemove(KeyValuePair.Create(action.Id, action))))
            {
                action.End(new ResultMessage { Id = action.Id, End = Core.Ports.LaunchEnd.NotStarted, IsLasting = true, Message = $"no worker of farm '{Names.Farm}' can take it: {reasons}" });
            }
        }
    }

    private static string Brief(string id) => id.Length > 12 ? id[..12] : id;
}
