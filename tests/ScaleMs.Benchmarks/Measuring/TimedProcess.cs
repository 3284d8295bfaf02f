using System.Collections;
using System.Diagnostics;
using ScaleMs.Benchmarks.Peers;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Benchmarks.Measuring;

/// <summary>Runs a program as a shell would, and measures it by what the system tells of it at its end.</summary>
internal static class TimedProcess
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(4);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="call">The program and its arguments.</param>
    /// <param name="directory">The working directory.</param>
    /// <param name="log">Takes all that it prints; written anew.</param>
    /// <exception cref="InvalidOperationException">It could not be started or failed; says what it printed.</exception>
    public static Timing Run(IReadOnlyList<string> call, string directory, string log)
    {
        File.Delete(log);
        var program = Programs.Find(call[0]) ?? call[0];
        var hostPeak = ChildProcess.HostPeakBytes();
        var order = new SpawnOrder(program, [.. call.Skip(1)], Environment(), directory, "/dev/null", null, null, log);
        var start = Stopwatch.GetTimestamp();
        if (Spawn.Start(order, out var pid, hasSpawnDirectory: true) is not 0 and var error)
        {
            throw new InvalidOperationException($"'{program}' could not be started: error {error}");
        }

        var child = new ChildProcess(pid);
        var sampled = SampleUntilItEnds(child, hostPeak);
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var usage = child.Reap();
        return usage.ExitCode == 0
            // Linux carries this process's own peak over to the child: a figure below it says nothing.
            ? new Timing(wall, usage.Cpu.TotalSeconds, usage.PeakBytes > hostPeak + (1 << 20) ? usage.PeakBytes : sampled)
            : throw new InvalidOperationException($"'{string.Join(' ', call.Take(3))} …' ended with {usage.ExitCode}: {Tail(log)}");
    }

    private static long SampleUntilItEnds(ChildProcess child, long hostPeak)
    {
        var (peak, pause) = (0L, FirstLook);
        while (!child.Exited.Wait(peak > hostPeak ? Timeout.InfiniteTimeSpan : pause))
        {
            peak = Math.Max(peak, ProcFiles.PeakBytesOf(child.Id));
            pause *= 1.2;
        }

        return peak;
    }

    private static Dictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    private static string Tail(string log) => File.ReadAllText(log) is { Length: > 800 } text ? text[^800..] : File.ReadAllText(log);
}
