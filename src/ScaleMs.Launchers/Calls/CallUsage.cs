using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Calls;

/// <summary>What one call uses of the process that makes it, seen from inside.</summary>
internal sealed class CallUsage
{
    private const string PeakReset = "/proc/self/clear_refs";

    private static ReadOnlySpan<byte> ResetPeak => "5"u8;

    private readonly TimeSpan _before = Now();
    private readonly bool _isPeakReset = IsReset();

    internal TimeSpan Cpu => Now() - _before;

    /// <summary>The largest resident memory since the call began, with what earlier calls left; 0 where the system does not tell it.</summary>
    /// <param name="status">What the system tells of this process.</param>
    internal long PeakBytesIn(string status) => _isPeakReset ? ProcFiles.PeakBytesIn(status) : 0;

    private static TimeSpan Now() => Environment.CpuUsage.TotalTime + ChildProcess.TimeOfChildren();

    private static bool IsReset()
    {
        try
        {
            using var file = File.OpenHandle(PeakReset, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(file, ResetPeak, 0);
            return true;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
