using System.Diagnostics;
using Xunit;

namespace ScaleMs.Ssh.Tests;

/// <summary>Waits for a condition, with a deadline that only a broken launcher misses.</summary>
internal static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    internal static async Task UntilAsync(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, "the condition did not come true within half a minute");
            await Task.Delay(10);
        }
    }
}
