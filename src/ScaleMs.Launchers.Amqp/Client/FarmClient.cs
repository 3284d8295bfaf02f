using System.Collections.Concurrent;
using RabbitMQ.Client;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>A client's side of the farm: sends actions, and finds for each result the attempt that waits for it.</summary>
internal sealed partial class FarmClient : IAsyncDisposable
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

    internal void ExpectNoMore(PendingAction action) => _pending.TryRemove(KeyValuePair.Create(action.Id, action));

    internal async Task SendAsync(string queue, ActionMessage message, byte[] action, CancellationToken cancellation)
    {
        await KnowAsync(message.Class, cancellation).ConfigureAwait(false);
        while (!await _link.PublishAsync(string.Empty, queue, ActionProperties.Of(message, _options.Priority, 0), action, isMandatory: true, cancellation).ConfigureAwait(false))
        {
            await DeclareAsync(queue, cancellation).ConfigureAwait(false); // nobody had used it for weeks
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

    private static string Brief(string id) => id.Length > 12 ? id[..12] : id;
}
