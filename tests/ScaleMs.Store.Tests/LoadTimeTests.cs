using System.Diagnostics;
using ScaleMs.Core.Records;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class LoadTimeTests : IDisposable
{
    private const int Steps = 50_000;
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    // The bound is loose, for busy machines; the figures are in the test's output.
    [Fact]
    public void Open_FiftyThousandSteps_TakesWellUnderTwoSecondsFromTheIndex()
    {
        Time("written with a commit for each step", Fill);
        var indexed = Time("opened from the index", () => _workspace.Open().Dispose());
        indexed = TimeSpan.FromTicks(Math.Min(indexed.Ticks, Time("opened from the index, warm", () => _workspace.Open().Dispose()).Ticks));
        Say($"index {new FileInfo(_workspace.Index).Length >> 20} MiB, journal {new FileInfo(_workspace.Segments().Single()).Length >> 20} MiB");
        File.Delete(_workspace.Index);
        Time("opened from the journal, index written anew", () => _workspace.Open().Dispose());
        Assert.True(indexed < TimeSpan.FromSeconds(2), $"{indexed.TotalMilliseconds:F0} ms");
    }

    private static TimeSpan Time(string what, Action action)
    {
        var (begin, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        action();
        var elapsed = Stopwatch.GetElapsedTime(begin);
        Say($"{Steps} steps {what}: {elapsed.TotalMilliseconds:F0} ms, {(Environment.CpuUsage.TotalTime - busy).TotalMilliseconds:F0} ms of processor time");
        return elapsed;
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private void Fill()
    {
        using var store = _workspace.Open();
        for (var i = 0; i < Steps; i++)
        {
            StoreRecord[] records = [Sample.File(i, i), Sample.Result(i, i, i, i + 1), Sample.State(i, i)];
            store.Commit(records);
        }
    }
}
