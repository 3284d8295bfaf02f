using System.Diagnostics;
using Xunit;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>Waits for a condition, with a deadline that only a broken farm misses.</summary>
internal static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);

    internal static async Task UntilAsync(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, "the condition did not come true in time");
            await Task.Delay(20);
        }
    }
}
