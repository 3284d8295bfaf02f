namespace ScaleMs.Testing;

/// <summary>A clock that moves only when it is told to; timers fire in the order of their due times, and nothing ever sleeps.</summary>
/// <remarks>Thread-safe. A timer's callback runs on the thread that moves the clock, which then stands at the timer's due time.</remarks>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Number)> _timers = new();
    private long _ticks;
    private long _number;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">What it shows first; 2026-01-01 when not given.</param>
    public VirtualClock(DateTimeOffset? start = null) =>
        _ticks = (start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).UtcTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing every timer on the way.</summary>
    /// <param name="by">How far; zero or more.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = GetTimestamp() + by.Ticks;
        while (FireNext(end))
        {
        }

        Interlocked.Exchange(ref _ticks, Math.Max(end, GetTimestamp()));
    }

    /// <summary>Moves the clock to the next timer and fires it.</summary>
    /// <returns>False when no timer is set: the clock stays.</returns>
    public bool AdvanceToNextTimer() => FireNext(long.MaxValue);

    internal void Set(VirtualTimer timer, TimeSpan dueIn)
    {
        lock (_lock)
        {
            timer.Due = GetTimestamp() + Math.Max(0, dueIn.Ticks);
            timer.Number = _number++;
            _timers.Enqueue(timer, (timer.Due, timer.Number));
        }
    }

    private bool FireNext(long end)
    {
        VirtualTimer? next;
        lock (_lock)
        {
            // A timer that was changed or disposed has another number by now.
            while (_timers.TryPeek(out var head, out var place) && head.Number != place.Number)
            {
                _timers.Dequeue();
            }

            if (!_timers.TryPeek(out next, out _) || next.Due > end)
            {
                return false;
            }

            _timers.Dequeue();
            Interlocked.Exchange(ref _ticks, Math.Max(_ticks, next.Due));
        }

        next.Fire();
        return true;
    }
}
