using System.Runtime.InteropServices;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>A process that this host started: learns when it ends, and takes its status. It sends no signals.</summary>
/// <remarks>
/// A thread per process blocks in <c>waitid</c> without taking the status, so the ended process stays a zombie, and its id cannot go to
/// another process, until <see cref="Reap"/>: signals sent before that cannot hit a stranger. The .NET runtime leaves it alone:
/// it only reaps children that <see cref="System.Diagnostics.Process"/> started.
/// </remarks>
internal sealed unsafe class ChildProcess
{
    /// <summary>Told when the status was lost: some hosts are started with SIGCHLD ignored, and the system then forgets statuses.</summary>
    internal const int UnknownExitCode = -1;

    private const int UsageWords = 18; // struct rusage on 64-bit systems: two timevals and 14 longs

    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ChildProcess(int id)
    {
        Id = id;
        WaitingThread.Run(Wait);
    }

    internal int Id { get; }

    /// <summary>Completes when the process has ended.</summary>
    internal Task Exited => _exited.Task;

    /// <summary>The largest resident memory that this host ever had, bytes.</summary>
    internal static long HostPeakBytes()
    {
        var usage = stackalloc long[UsageWords];
        return LibC.GetUsage(0, usage) == 0 ? PeakBytes(usage) : 0;
    }

    /// <summary>The processor time of those children of this process that have ended and were waited for.</summary>
    internal static TimeSpan TimeOfChildren()
    {
        var usage = stackalloc long[UsageWords];
        return LibC.GetUsage(-1, usage) == 0 ? Time(usage) + Time(usage + 2) : TimeSpan.Zero;
    }

    /// <summary>Takes the status of the ended process and frees its id; to be called once, after <see cref="Exited"/>.</summary>
    internal ChildUsage Reap()
    {
        var usage = stackalloc long[UsageWords];
        int status, result;
        do
        {
            result = LibC.Wait4(Id, out status, 0, usage);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted);

        return result == Id
            ? new ChildUsage(ExitCode(status), Time(usage) + Time(usage + 2), PeakBytes(usage))
            : new ChildUsage(UnknownExitCode, TimeSpan.Zero, 0);
    }

    private static int ExitCode(int status)
    {
        var signal = status & 0x7F;
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
    }

    /// <summary>Reads a timeval; Apple's microseconds are 32 bits wide.</summary>
    private static TimeSpan Time(long* value) => TimeSpan.FromSeconds(value[0]) + TimeSpan.FromMicroseconds(*(int*)(value + 1));

    /// <summary>ru_maxrss: kibibytes on Linux, bytes on macOS.</summary>
    private static long PeakBytes(long* usage) => LibC.IsMac ? usage[4] : usage[4] * 1024;

    private void Wait()
    {
        var report = stackalloc long[LibC.Opaque / sizeof(long)];
        while (LibC.WaitId(LibC.Pid, Id, report, LibC.Exited | LibC.LeaveWaitable) < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
        {
            // A signal handler of the host ran in this thread.
        }

        _exited.SetResult();
    }
}
