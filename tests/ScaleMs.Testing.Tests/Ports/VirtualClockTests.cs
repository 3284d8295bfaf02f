using Xunit;

namespace ScaleMs.Testing.Tests.Ports;

public sealed class VirtualClockTests
{
    private readonly VirtualClock _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_FireInTheOrderOfTheirTimes_AtTheirTimes()
    {
        var start = _clock.GetUtcNow();
        Set("late", 3);
        Set("early", 1);
        Set("as early, set later", 1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["early at 1", "as early, set later at 1"], _fired);
        Assert.Equal(2, (_clock.GetUtcNow() - start).TotalSeconds);
        Assert.True(_clock.AdvanceToNextTimer());
        Assert.Equal("late at 3", _fired[^1]);
        Assert.False(_clock.AdvanceToNextTimer());
    }

    [Fact]
    public void Timer_SetByATimer_FiresOnTheSameWay()
    {
        using var first = _clock.CreateTimer(_ => Set("second", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["second at 2"], _fired);
    }

    [Fact]
    public void Timer_ThatRepeatsIsChangedOrDisposed_DoesWhatItWasToldLast()
    {
        var timer = _clock.CreateTimer(_ => Fire("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(["tick at 1", "tick at 3"], _fired);
        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _fired.Count);
        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(2, _fired.Count);
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsWhenItIsAdvanced()
    {
        var delay = Task.Delay(TimeSpan.FromDays(30), _clock, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromDays(29));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromDays(1));
        await delay;
    }

    private void Set(string name, int seconds) => _clock.CreateTimer(_ => Fire(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private void Fire(string name) => _fired.Add($"{name} at {_clock.GetUtcNow().Second}");
}
