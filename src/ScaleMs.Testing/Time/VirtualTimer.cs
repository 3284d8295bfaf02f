namespace ScaleMs.Testing;

/// <summary>A timer of a <see cref="VirtualClock"/>.</summary>
internal sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
{
    private const long Unset = -1;
    private TimeSpan _period;

    /// <summary>When it fires, in ticks.</summary>
    public long Due { get; set; }

    /// <summary>Tells this setting from former ones, and orders timers that are due at one time.</summary>
    public long Number { get; set; } = Unset;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Number = Unset;
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            clock.Set(this, dueTime);
        }

        return true;
    }

    public void Fire()
    {
        Number = Unset;
        if (_period > TimeSpan.Zero)
        {
            clock.Set(this, _period);
        }

        callback(state);
    }

    public void Dispose() => Number = Unset;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
