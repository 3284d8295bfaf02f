using System.Diagnostics;

namespace ScaleMs.Study.Tests;

/// <summary>Waits for a condition, with a deadline that only a broken host misses.</summary>
internal static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>Waits until something is there while a host runs.</summary>
    /// <param name="host">The host; its end before the condition comes true fails the test.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="condition">Whether it is there.</param>
    public static async Task UntilAsync(RunningHost host, string what, Func<bool> condition)
    {
        var begun = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            Assert.False(host.HasEnded, $"the run ended before {what}\n{host.Output}");
            Assert.True(Stopwatch.GetElapsedTime(begun) < Deadline, $"not within five minutes: {what}\n{host.Output}");
            await timer.WaitForNextTickAsync();
        }
    }
}
