using System.Diagnostics.CodeAnalysis;
using RabbitMQ.Client;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Amqp.Worker;
using ScaleMs.Launchers.Calls;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Amqp;

/// <summary>A worker of the farm: takes actions that fit from the broker, executes them on this machine, and sends back what they leave.</summary>
/// <remarks>
/// An action is acknowledged when its result is stored. Whatever ends the worker, the broker gives its actions to others. A worker that is without the broker
/// for longer than its lease ends what it runs and publishes nothing of it.
/// </remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "RunAsync, which is called once, disposes of it.")]
public sealed class FarmWorker
{
    private static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReturnPatience = TimeSpan.FromSeconds(5);

    private readonly FarmWorkerOptions _options;
    private readonly CallLauncher _calls;
    private readonly FarmNames _names;
    private readonly Slots _slots;
    private readonly Shift _shift;
    private readonly WorkerTools _tools;
    private readonly ClassBook _book;
    private readonly WorkPlace _place;
    private readonly ActionDesk _desk;
    private WorkerChannels? _channels;
    private BrokerLink? _link;
    private DateTimeOffset _announcedAt;
    private Task _announcing = Task.CompletedTask;
    private DateTimeOffset? _restingSince;

    /// <summary>Makes the worker's folder.</summary>
    /// <param name="options">What it offers.</param>
    /// <exception cref="ArgumentException">The farm's name, the slots or the blobs' place are none.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public FarmWorker(FarmWorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Slots is < 1 or > FarmWorkerOptions.MostSlots || options.Ahead is < 0 or > 10_000)
        {
            throw new ArgumentException($"{options.Slots} slots and {options.Ahead} ahead: give 1 to 10,000 slots and 0 to 10,000 ahead");
        }

        _calls = new CallLauncher(options.Launcher);
        _options = options = options with { Launcher = _calls };
        _names = new FarmNames(options.Farm);
        Name = NameOf(options.Name);
        _slots = new Slots(options.Slots, options.MemoryBytes, options.Gpus);
        _tools = new WorkerTools(options.Site ?? new RemoteSite(new SiteProfile { Name = options.Name, Launcher = "local" }, new LocalShell()));
        _shift = new Shift(options);
        _book = new ClassBook(options, _slots, _shift, _tools);
        _place = new WorkPlace(options, Name, BlobPlace.Open(options.Blobs, options.BlobToken));
        _desk = new ActionDesk(options, Name, _names, _place, _slots, _shift, _tools, () => _link!);
    }

    /// <summary>The worker's name with its unique part.</summary>
    public string Name { get; }

    /// <summary>Whether it is connected, or was lately enough to hold its lease.</summary>
    public bool IsHealthy => _link is { } link && (link.IsOpen || (link.LostAt is { } lost && TimeProvider.System.GetUtcNow() - lost < _options.Lease));

    /// <summary>Works until it is told to stop.</summary>
    /// <param name="drain">Takes nothing more, and returns when what runs has ended.</param>
    /// <param name="stop">Ends what runs and gives it back.</param>
    /// <returns>When nothing of it is left.</returns>
    /// <exception cref="BrokerException">The broker refuses this worker for good.</exception>
    public Task RunAsync(CancellationToken drain, CancellationToken stop) => RunAsync(drain, CancellationToken.None, stop);

    /// <summary>Works until it is told to stop.</summary>
    /// <param name="drain">Takes nothing more, and returns when what runs has ended.</param>
    /// <param name="leave">Ends what runs: the machine is about to be taken away. What steps leave as checkpoints is stored; others go on from there.</param>
    /// <param name="stop">Ends what runs and gives it back.</param>
    /// <returns>When nothing of it is left.</returns>
    /// <exception cref="BrokerException">The broker refuses this worker for good.</exception>
    [SuppressMessage("Reliability", "CA2025:Do not pass 'IDisposable' instances into unawaited tasks", Justification = "the loop ends before the link does")]
    public async Task RunAsync(CancellationToken drain, CancellationToken leave, CancellationToken stop)
    {
        using var over = new CancellationTokenSource();
        using var place = _place;
        await using var calls = _calls.ConfigureAwait(false);
        await using var link = new BrokerLink(_options.Broker, $"scalems worker {Name}", _options.Heartbeat, OpenAsync, _options.Notice);
        _link = link;
        link.Start();
        var ready = ReadyAsync(link, over.Token);
        await LookAsync(ready, drain, leave, stop).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await ready.ConfigureAwait(false);
        await FarewellAsync(link).ConfigureAwait(false);
    }

    /// <summary>The worker's figures, as Prometheus reads them.</summary>
    /// <returns>The text.</returns>
    public string Metrics() => WorkerMetrics.Text(Describe(), Tally, _place.Cache, _link?.IsOpen == true);

    internal bool IsConnected => _link?.IsOpen == true;

    /// <summary>Whether everything that runs is under the lease.</summary>
    internal bool HoldsAll => !_desk.IsEmpty && _desk.Taken.All(action => action is { HeldAt: not null, IsHolding: false });

    /// <summary>Whether nothing runs.</summary>
    internal bool IsAtRest => _desk.Taken.All(action => action.IsAtRest);

    /// <summary>How many actions wait here for a slot.</summary>
    internal int Waiting => _desk.Taken.Count(action => action.BegunAt is null);

    internal WorkerTally Tally => _desk.Tally;

    internal WorkerNotice Describe(bool hasStopped = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        var taken = _desk.Taken.Where(action => action.BegunAt is not null).Take(WorkerNotice.MostNamed).ToList();
        return new WorkerNotice
        {
            Name = Name,
            Host = Environment.MachineName,
            Slots = _options.Slots,
            MemoryBytes = _options.MemoryBytes,
            Gpus = _options.Gpus.Count,
            Labels = _options.Labels,
            FreeSlots = _slots.Free,
            IsDraining = _desk.IsDraining,
            HasStopped = hasStopped,
            Done = Interlocked.Read(ref Tally.Done),
            Failed = Interlocked.Read(ref Tally.Failed),
            LeaseSeconds = _options.Lease.TotalSeconds,
            UpSeconds = (now - Tally.StartedAt).TotalSeconds,
            Running = [.. taken.Select(action => new RunningNotice(action.Message.Id, action.Message.Step, action.Message.Class.Name(), (now - action.BegunAt!.Value).TotalSeconds))],
            Fits = [.. _book.Fits.Keys],
            Unfit = _book.Unfit,
        };
    }

    /// <summary>Letters, digits, '-' and '_': it is part of a queue's name.</summary>
    private static string NameOf(string name)
    {
        var safe = string.Concat(name.Select(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' ? one : '-'));
        return $"{(safe.Length > 80 ? safe[..80] : safe)}-{Guid.NewGuid().ToString("N")[..8]}";
    }

    private async Task ReadyAsync(BrokerLink link, CancellationToken over)
    {
        try
        {
            await link.SessionAsync(over).ConfigureAwait(false);
            _options.Notice($"worker '{Name}' takes actions of farm '{_options.Farm}' from {_options.Broker}");
        }
        catch (OperationCanceledException)
        {
            // It never came so far.
        }
    }

    private async Task OpenAsync(BrokerSession session)
    {
        if (_channels is not null)
        {
            Interlocked.Increment(ref Tally.Reconnects);
        }

        var channels = new WorkerChannels(_options, Name, _names, _slots, _book, _tools, _desk, () => _announcedAt = default, session);
        await channels.OpenAsync().ConfigureAwait(false);
        _channels = channels;
        _announcedAt = default;
        if (_desk.IsDraining)
        {
            await channels.CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task LookAsync(Task ready, CancellationToken drain, CancellationToken leave, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery);
        do
        {
            var now = TimeProvider.System.GetUtcNow();
            await DrainAsync(WhyToDrain(now, drain, leave, stop)).ConfigureAwait(false);
            End(leave, stop);
            await OutgrowAsync(now).ConfigureAwait(false);
            Fence(now);
            _desk.Look(now);
            Announce(now);
            LeaveWhatNobodyTakes(now);
        }
        while (!(_desk.IsDraining && _desk.IsEmpty) && !ready.IsFaulted && await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false));
    }

    private string? WhyToDrain(DateTimeOffset now, CancellationToken drain, CancellationToken leave, CancellationToken stop) =>
        leave.IsCancellationRequested ? "its place is taken away"
        : drain.IsCancellationRequested || stop.IsCancellationRequested ? "it was asked to end"
        : _shift.WhyToDrain(_desk.IsEmpty, now);

    private async Task DrainAsync(string? why)
    {
        if (why is not null && !_desk.IsDraining)
        {
            _desk.IsDraining = true;
            _announcedAt = default;
            _options.Notice($"worker '{Name}' takes no more actions and waits for those that run: {why}");
            await ShortlyAsync(_channels?.CloseAsync()).ConfigureAwait(false);
        }

        if (_desk.IsDraining)
        {
            _desk.EndAll(TakenEnd.GivenBack, action => action.BegunAt is null);
        }
    }

    private void End(CancellationToken leave, CancellationToken stop)
    {
        if (leave.IsCancellationRequested)
        {
            _desk.EndAll(TakenEnd.TimeIsUp, action => action.BegunAt is not null);
        }

        if (stop.IsCancellationRequested)
        {
            _desk.EndAll(TakenEnd.GivenBack, _ => true);
        }
    }

    /// <summary>Before what was taken of these classes is given back: else it would come again.</summary>
    private async Task OutgrowAsync(DateTimeOffset now)
    {
        if (_book.Outgrow(now) is { Count: > 0 } outgrown)
        {
            _announcedAt = default;
            await ShortlyAsync(Task.WhenAll(outgrown.Select(name => _channels?.UnsubscribeAsync(name) ?? Task.CompletedTask))).ConfigureAwait(false);
        }
    }

    /// <summary>A broker that is short of memory or disk answers nobody who has published; what is to be decided meanwhile does not wait for it.</summary>
    private static async Task ShortlyAsync(Task? request) =>
        await (request ?? Task.CompletedTask).WaitAsync(BrokerPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Without the broker for longer than the lease, or without what was held when it is there again: others have the actions.</summary>
    private void Fence(DateTimeOffset now)
    {
        if (_link!.LostAt is { } lost && now - lost > _options.Lease && !_desk.IsEmpty)
        {
            _options.Notice($"worker '{Name}' was without the broker for longer than its lease of {_options.Lease}: it ends what it runs");
            _desk.EndAll(TakenEnd.Fenced, _ => true);
        }
        else if (_link.IsOpen && _channels is { } channels && now - channels.OpenedAt > ReturnPatience)
        {
            _desk.EndWhatIsLost(channels.Session);
        }
    }

    /// <summary>A worker that drains waits no longer than its lease for a broker that takes neither results nor what is given back.</summary>
    private void LeaveWhatNobodyTakes(DateTimeOffset now)
    {
        _restingSince = _desk.IsDraining && IsAtRest ? _restingSince ?? now : null;
        if (now - _restingSince > _options.Lease && !_desk.IsEmpty)
        {
            _options.Notice($"the broker took nothing from worker '{Name}' for {_options.Lease}: it ends, and others do what it could not give back");
            _desk.EndAll(TakenEnd.Fenced, _ => true);
        }
    }

    private void Announce(DateTimeOffset now)
    {
        if (now - _announcedAt < _options.Announcement || !_announcing.IsCompleted || _channels is not { } channels || channels.Session.Lost.IsCancellationRequested)
        {
            return;
        }

        _announcedAt = now;
        _announcing = TellAsync(channels.Session, Describe());
    }

    private async Task TellAsync(BrokerSession session, WorkerNotice notice)
    {
        try
        {
            await session.Publisher.BasicPublishAsync(_names.ToClients, string.Empty, Wire.Bytes(new Notice { Worker = notice }), session.Lost).ConfigureAwait(false);
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
        {
            // The next announcement says it.
        }
    }

    private async Task FarewellAsync(BrokerLink link)
    {
        if (!link.IsOpen || _channels is not { } channels)
        {
            return;
        }

        channels.Session.IsLeaving = true;
        await ShortlyAsync(FarewellAsync(channels.Session)).ConfigureAwait(false);
    }

    private async Task FarewellAsync(BrokerSession session)
    {
        await TellAsync(session, Describe(hasStopped: true)).ConfigureAwait(false);
        try
        {
            await session.Publisher.QueueDeleteAsync(_names.Held(Name), ifUnused: false, ifEmpty: true, cancellationToken: session.Lost).ConfigureAwait(false);
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble))
        {
            // What is in it goes to others by its time limit.
        }
    }
}
