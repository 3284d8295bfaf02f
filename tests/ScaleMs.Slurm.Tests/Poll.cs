using System.Diagnostics;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>Waits for a condition, with a deadline that only a broken launcher misses.</summary>
internal static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    internal static async Task UntilAsync(Func<bool> condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, $"it did not come true within a minute: {what}");
            await Task.Delay(20);
        }
    }
}
