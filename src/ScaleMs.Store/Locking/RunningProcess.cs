using System.Diagnostics;
using System.Globalization;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Locking;

/// <summary>Tells whether a process of this machine still is the one that it was.</summary>
internal static class RunningProcess
{
    /// <summary>The field of <c>/proc/PID/stat</c> that holds the start, counted from the one after the command's name.</summary>
    private const int StartField = 19;

    /// <summary>What numbers of processes are counted in; empty where the system does not say.</summary>
    public static string Space { get; } = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget ?? string.Empty : string.Empty;

    /// <summary>When a process began, by the kernel's count: it tells a process from a later one of the same number.</summary>
    /// <returns>Ticks; 0 where only the process's being there is known; null when there is none.</returns>
    public static long? StartTicks(int id) => OperatingSystem.IsLinux() ? Linux(id) : Portable(id);

    private static long? Linux(int id)
    {
        try
        {
            return TicksOf(File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat"));
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }

    /// <summary>Reads what the kernel says of a process. One that has ended, and whose parent has not looked, is there and holds nothing.</summary>
    internal static long? TicksOf(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : long.Parse(fields[StartField], CultureInfo.InvariantCulture);
    }

    private static long? Portable(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return 0;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
