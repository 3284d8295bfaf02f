namespace ScaleMs.Reporting.Tests.Support;

/// <summary>A clock that the test turns; its timers ring on the test's own thread.</summary>
internal sealed class FakeTime(DateTimeOffset now) : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = now;

    public int Timers => _timers.Count;

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), period) { Next = _now + dueTime };
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = _now + by;
        while (_timers.Where(timer => timer.Next <= end).MinBy(timer => timer.Next) is { } due)
        {
            _now = due.Next;
            due.Next += due.Period;
            due.Ring();
        }

        _now = end;
    }

    private sealed class Timer(FakeTime time, Action ring, TimeSpan period) : ITimer
    {
        public DateTimeOffset Next { get; set; }

        public TimeSpan Period => period;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
