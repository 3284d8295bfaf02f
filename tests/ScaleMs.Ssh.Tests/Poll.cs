using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace ScaleMs.Ssh.Tests;

/// <summary>Waits for a condition, with a deadline that only a broken launcher misses.</summary>
internal static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    internal static async Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, $"this did not come true within a minute: {text}");
            await Task.Delay(10);
        }
    }
}
