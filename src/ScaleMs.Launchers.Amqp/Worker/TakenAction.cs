using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>An action that this worker has taken, with the delivery by which it answers for it.</summary>
internal sealed class TakenAction(ActionMessage message, byte[] body, string queue, int priority, int losses) : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly CancellationTokenSource _fenced = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Delivery? _delivery;

    internal ActionMessage Message => message;

    internal byte[] Body => body;

    internal string Queue => queue;

    internal int Priority => priority;

    /// <summary>Workers that were lost with it, this delivery's one included.</summary>
    internal int Losses => losses;

    internal DateTimeOffset TakenAt { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>When what it needs was here; from then on it waits for a slot.</summary>
    internal DateTimeOffset? StagedAt { get; set; }

    internal DateTimeOffset? BegunAt { get; set; }

    /// <summary>Whether nothing of it runs: not yet, or not any more.</summary>
    internal bool IsAtRest => BegunAt is null || HasEnded;

    internal bool HasEnded { get; set; }

    /// <summary>When it was put under the lease last; null while it never was.</summary>
    internal DateTimeOffset? HeldAt { get; set; }

    internal bool IsHolding { get; set; }

    internal bool WasTold { get; set; }

    /// <summary>What is known of who listens to its log; null for nobody.</summary>
    internal FollowedLog? Followed { get; set; }

    internal TakenEnd WhyEnded { get; private set; }

    internal CancellationToken Ending => _ending.Token;

    /// <summary>Set when it is ended and nobody here wants what it leaves.</summary>
    internal CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Set when others have it: then nothing is published.</summary>
    internal CancellationToken Fenced => _fenced.Token;

    /// <summary>Whether this worker leaves it to others: what comes of it now is not this worker's to answer before it is gone.</summary>
    internal bool IsLeaving => WhyEnded is TakenEnd.GivenBack or TakenEnd.Fenced;

    /// <summary>Completes when nothing of it is left here.</summary>
    internal Task Gone => _gone.Task;

    internal void IsGone() => _gone.TrySetResult();

    /// <summary>Replaces the delivery: the same action came again, because it was held or the connection was new.</summary>
    /// <returns>The former one, to be acknowledged.</returns>
    internal Delivery? Answer(Delivery delivery)
    {
        lock (_lock)
        {
            var former = _delivery;
            _delivery = delivery;
            return former;
        }
    }

    internal Delivery? Delivery
    {
        get
        {
            lock (_lock)
            {
                return _delivery;
            }
        }
    }

    /// <summary>Takes the delivery out, to be answered once.</summary>
    internal Delivery? TakeDelivery()
    {
        lock (_lock)
        {
            var delivery = _delivery;
            _delivery = null;
            return delivery;
        }
    }

    /// <summary>The first reason counts, but for that of the lease.</summary>
    internal void End(TakenEnd why)
    {
        lock (_lock)
        {
            WhyEnded = WhyEnded == TakenEnd.None || why == TakenEnd.Fenced ? why : WhyEnded;
        }

        _ending.Cancel();
        if (why != TakenEnd.TimeIsUp)
        {
            _abandoned.Cancel();
        }

        if (why == TakenEnd.Fenced)
        {
            _fenced.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Dispose();
        _abandoned.Dispose();
        _fenced.Dispose();
    }
}

/// <summary>Why an action was ended from outside.</summary>
internal enum TakenEnd
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Nobody waits for it.</summary>
    Cancelled,

    /// <summary>The worker lost its lease: others have it.</summary>
    Fenced,

    /// <summary>The worker's machine is taken away: others go on from what it leaves.</summary>
    TimeIsUp,

    /// <summary>It waited too long for a slot, or the worker stops: others are to have it.</summary>
    GivenBack,
}
