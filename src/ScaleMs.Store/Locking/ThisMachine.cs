using System.Diagnostics;

namespace ScaleMs.Store.Locking;

/// <summary>What the operating system tells of this machine's and this process's start.</summary>
internal static class ThisMachine
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>Where the system has no boot id every process counts as a boot of its own: more is verified, never less.</summary>
    public static string BootId { get; } = File.Exists(LinuxBootId) ? File.ReadAllText(LinuxBootId).Trim() : Guid.NewGuid().ToString("N");

    public static DateTimeOffset ProcessStart { get; } = StartOfThisProcess();

    private static DateTimeOffset StartOfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
