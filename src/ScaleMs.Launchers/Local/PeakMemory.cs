using System.Diagnostics;

namespace ScaleMs.Launchers.Local;

/// <summary>The peak memory of a command, corrected for what Linux wrongly carries over from the host.</summary>
/// <remarks>
/// Linux keeps, over exec, the largest resident memory of the address space that is left, and a spawned process leaves its parent's
/// (exec_mmap, setmax_mm_hiwater_rss): `true` started from a .NET host seems to need 100 MB. A figure above the host's own peak is right;
/// below it the processes' own marks (VmHWM) count, read at growing intervals, and a command too short for that is unknown.
/// What the processes of the session have together is added up at the same times: shared pages count for each of them.
/// </remarks>
internal sealed class PeakMemory(ProcessTree tree)
{
    private const double Growth = 1.3;
    private const long CountersMayLagBytes = 1 << 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly long _hostPeakBytes = OperatingSystem.IsLinux() ? ChildProcess.HostPeakBytes() + CountersMayLagBytes : 0;
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _next = TimeSpan.FromMilliseconds(5);
    private long _sampledBytes;

    /// <summary>Looks at the processes if it is time to.</summary>
    internal void Sample()
    {
        var age = Stopwatch.GetElapsedTime(_start);
        if (age < _next || _hostPeakBytes == 0)
        {
            return;
        }

        _next = age * Growth < age + LongestPause ? age * Growth : age + LongestPause;
        var together = 0L;
        foreach (var process in tree.Session())
        {
            var memory = ProcFiles.MemoryOf(process);
            together += memory.Now;
            _sampledBytes = Math.Max(_sampledBytes, memory.Peak);
        }

        _sampledBytes = Math.Max(_sampledBytes, together);
    }

    /// <summary>The best figure, bytes; 0 when unknown.</summary>
    /// <param name="reportedBytes">What the system told at the end.</param>
    internal long Judge(long reportedBytes) => Math.Max(_sampledBytes, reportedBytes > _hostPeakBytes ? reportedBytes : 0);
}
