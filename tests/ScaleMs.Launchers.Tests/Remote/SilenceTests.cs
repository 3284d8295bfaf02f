using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

public sealed class SilenceTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);

    private readonly Silence _silence = new();

    [Fact]
    public void Heartbeat_Changes_NoSilence() => Assert.Equal(0, LengthAfter((0, "1"), (15, "2"), (30, "3")));

    [Fact]
    public void Heartbeat_GoesBackwards_IsAChangeToo() => Assert.Equal(0, LengthAfter((0, "9"), (15, "1")));

    [Fact]
    public void Heartbeat_StaysTheSame_TimeOfThisMachineCounts() => Assert.Equal(45, LengthAfter((0, "1"), (15, "1"), (30, "1"), (45, "1")));

    [Fact]
    public void Site_CouldNotBeReachedForAnHour_LittleOfItCounts() => Assert.Equal(30, LengthAfter((0, "1"), (3600, "1")));

    [Fact]
    public void First_Look_IsNoSilence() => Assert.Equal(0, LengthAfter((99999, string.Empty)));

    private double LengthAfter(params (double Seconds, string Heartbeat)[] looks)
    {
        foreach (var (seconds, heartbeat) in looks)
        {
            _silence.Look(heartbeat, TimeSpan.FromSeconds(seconds), Usual);
        }

        return _silence.Length.TotalSeconds;
    }
}
