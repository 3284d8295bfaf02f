namespace ScaleMs.Ssh.Tests;

/// <summary>The system's clock, of which a test may skip a part: what waits for minutes is over in a moment, but never while the test waits for something else.</summary>
internal sealed class SkippingClock : TimeProvider
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private long _skipped;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _skipped);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        return new Alarm(this, callback, state, dueTime);
    }

    /// <summary>Awaits what ends when time has passed: about a second in each hundredth.</summary>
    internal async Task<T> HastenAsync<T>(Task<T> task)
    {
        await Poll.UntilAsync(() =>
        {
            Interlocked.Add(ref _skipped, TimestampFrequency);
            return task.IsCompleted;
        });
        return await task;
    }

    /// <summary>It looks at the clock now and then, since nobody tells it what is skipped.</summary>
    private sealed class Alarm : ITimer
    {
        private readonly SkippingClock _clock;
        private readonly Timer _looks;
        private long _due;

        internal Alarm(SkippingClock clock, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            _clock = clock;
            _looks = new Timer(_ => Look(callback, state));
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isSet = dueTime != Timeout.InfiniteTimeSpan;
            Volatile.Write(ref _due, isSet ? _clock.GetTimestamp() + (long)(dueTime.TotalSeconds * _clock.TimestampFrequency) : long.MaxValue);
            return _looks.Change(isSet ? Tick : Timeout.InfiniteTimeSpan, Tick);
        }

        public void Dispose() => _looks.Dispose();

        public ValueTask DisposeAsync() => _looks.DisposeAsync();

        private void Look(TimerCallback callback, object? state)
        {
            var due = Volatile.Read(ref _due);
            if (_clock.GetTimestamp() >= due && Interlocked.CompareExchange(ref _due, long.MaxValue, due) == due)
            {
                callback(state);
            }
        }
    }
}
