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
    private const int MostFollowed = 256;
    private const string WithoutReplies = "the queue for its result is not at the broker, which was set up anew or is another one";
    private const string Nowhere = "it is neither in its queue nor with a worker; was the queue emptied?";

    private readonly AmqpLauncherOptions _options;
    private readonly BrokerLink _link;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, PendingAction> _pending = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ResourceClass> _classes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _adopted = new(StringComparer.Ordinal);
    private readonly KeptResults _kept = new();
    private readonly ActionSearch _search;
    private readonly Task _announcing;
    private bool _wasOpen;

    internal FarmClient(AmqpLauncherOptions options)
    {
        _options = options;
        Names = new FarmNames(options.Farm);
        ReplyQueue = Names.Replies(Guid.NewGuid().ToString("N"));
        View = new FarmView(options.Announcement * 6);
        _search = new ActionSearch(Names, options, View);
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
    /// <returns>False when the queue that they would come to is gone: then whoever waited for one has been told that it is lost.</returns>
    internal async Task<bool> AdoptAsync(string queue, CancellationToken cancellation)
    {
        var adopting = _adopted.GetOrAdd(queue, _ => new Lazy<Task<bool>>(() => queue == ReplyQueue ? Task.FromResult(true) : AdoptAsync(queue)));
        var isThere = await adopting.Value.WaitAsync(cancellation).ConfigureAwait(false);
        if (!isThere)
        {
            await LoseAsync(ActionsOf(queue), WithoutReplies).ConfigureAwait(false);
        }

        return isThere;
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
            session.IsLeaving = true;
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
        var lost = _wasOpen && await session.FindAsync(ReplyQueue, session.Lost).ConfigureAwait(false) is null ? ActionsOf(ReplyQueue) : [];
        await Topology.DeclareRepliesAsync(session.Publisher, ReplyQueue, session.Lost).ConfigureAwait(false);
        foreach (var name in _classes.Keys)
        {
            await Topology.DeclareWorkAsync(session.Publisher, Names.Work(name), session.Lost).ConfigureAwait(false);
        }

        await HearRepliesAsync(session, ReplyQueue, RepliesAhead).ConfigureAwait(false);
        foreach (var queue in _adopted.Where(IsHeard).Select(adopted => adopted.Key))
        {
            if (!await HearAdoptedAsync(session, queue).ConfigureAwait(false))
            {
                _adopted.TryRemove(queue, out _);
                lost = [.. lost, .. ActionsOf(queue)];
            }
        }

        await Questions.OpenAsync(session).ConfigureAwait(false);
        await HearWorkersAsync(session).ConfigureAwait(false);
        _wasOpen = true;
        SeeAll();
        EndLost(lost, WithoutReplies);
    }

    /// <summary>Until it is heard, or known to be gone.</summary>
    private async Task<bool> AdoptAsync(string queue)
    {
        while (true)
        {
            var session = await _link.SessionAsync(_closing.Token).ConfigureAwait(false);
            try
            {
                var isThere = await HearAdoptedAsync(session, queue).ConfigureAwait(false);
                if (!session.Lost.IsCancellationRequested)
                {
                    return isThere;
                }
            }
            catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) && !_closing.IsCancellationRequested)
            {
                await session.LoseAsync(trouble.Message).ConfigureAwait(false);
            }

            await Task.Delay(200, _closing.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Never declared here: a queue that is made anew would get nothing.</summary>
    private async Task<bool> HearAdoptedAsync(BrokerSession session, string queue)
    {
        if (await session.FindAsync(queue, session.Lost).ConfigureAwait(false) is null)
        {
            return false;
        }

        await HearRepliesAsync(session, queue, 0).ConfigureAwait(false);
        return true;
    }

    private bool IsHeard(KeyValuePair<string, Lazy<Task<bool>>> adopted) =>
        adopted.Key != ReplyQueue && adopted.Value is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: true } };

    private List<PendingAction> ActionsOf(string queue) => [.. _pending.Values.Where(action => action.ReplyTo == queue && action.Silence is not null)];

    /// <summary>Nothing was heard while there was no session.</summary>
    private void SeeAll()
    {
        foreach (var action in _pending.Values.Where(action => action.Silence is not null))
        {
            action.IsSeen();
        }
    }

    /// <summary>Ends them, and tells workers, for one of them may have an action yet.</summary>
    private async Task LoseAsync(IReadOnlyList<PendingAction> lost, string why)
    {
        EndLost(lost, why);
        if (lost.Count > 0)
        {
            await CancelAsync([.. lost.Select(action => action.Id)], _closing.Token).ConfigureAwait(false);
        }
    }

    private void EndLost(IEnumerable<PendingAction> lost, string why)
    {
        foreach (var action in lost.Where(action => _pending.TryRemove(KeyValuePair.Create(action.Id, action))))
        {
            AttemptNotes.Forget(action.Root);
            action.End(new ResultMessage { Id = action.Id, End = Core.Ports.LaunchEnd.NodeLost, Message = $"farm '{Names.Farm}' knows nothing of it any more: {why}" });
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
        else if (_pending.TryRemove(KeyValuePair.Create(action.Id, action)))
        {
            AttemptNotes.PutResult(action.Root, body);
            action.End(result);
        }

        await acknowledge().ConfigureAwait(false);
    }

    private async Task HearAsync(PendingAction action, ResultMessage sign)
    {
        var isNew = !action.HasBegun;
        action.HasBegun = true;
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

    /// <summary>Tells workers of a class, those that come later too.</summary>
    internal async Task KnowAsync(ResourceClass resources, CancellationToken cancellation)
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
            await FollowAsync([.. _pending.Values.Where(action => action.Log.IsWatched && (action.HasBegun || action.IsTakenOver)).Take(MostFollowed)]).ConfigureAwait(false);
            await SearchAsync().ConfigureAwait(false);
        }
    }

    private async Task SearchAsync()
    {
        var session = await _link.SessionAsync(_closing.Token).ConfigureAwait(false);
        try
        {
            await LoseAsync(await _search.LookAsync(session, _pending.Values).ConfigureAwait(false), Nowhere).ConfigureAwait(false);
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) && !_closing.IsCancellationRequested)
        {
            await session.LoseAsync(trouble.Message).ConfigureAwait(false);
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
