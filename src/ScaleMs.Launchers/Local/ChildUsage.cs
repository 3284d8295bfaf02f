namespace ScaleMs.Launchers.Local;

/// <summary>What the system tells of an ended process and of those descendants that it waited for.</summary>
/// <param name="ExitCode">The exit code, or 128 and the signal's number.</param>
/// <param name="Cpu">User and system time.</param>
/// <param name="PeakBytes">
/// The largest resident memory of one of them, bytes; never below the host's own at the start, see <see cref="PeakMemory"/>.
/// </param>
internal readonly record struct ChildUsage(int ExitCode, TimeSpan Cpu, long PeakBytes);
