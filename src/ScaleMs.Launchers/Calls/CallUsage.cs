using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Calls;

/// <summary>What one call uses of the process that makes it, seen from inside.</summary>
internal sealed class CallUsage
{
    private const string PeakReset = "/proc/self/clear_refs";
    private const string ResetPeak = "5";

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
            File.WriteAllText(PeakReset, ResetPeak);
            return true;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
