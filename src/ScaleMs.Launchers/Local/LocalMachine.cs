using System.Globalization;

namespace ScaleMs.Launchers.Local;

/// <summary>What this machine has: memory and graphics processors.</summary>
public static class LocalMachine
{
    /// <summary>The memory that steps may have: the machine's, or the control group's limit where that is lower.</summary>
    /// <returns>Bytes, above 0.</returns>
    public static long MemoryBytes() => new MachineFiles("/").MemoryBytes() ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The graphics processors that programs started here see: NVIDIA's, else those of ROCm.</summary>
    /// <returns>Their names as <c>CUDA_VISIBLE_DEVICES</c> takes them; those that it leaves, where it is set.</returns>
    public static IReadOnlyList<string> Devices()
    {
        var count = new MachineFiles("/").CountGpus();
        return Restriction() is { } variable ? VisibleDevices.Of(Environment.GetEnvironmentVariable(variable)!, count)
            : [.. Enumerable.Range(0, count).Select(device => device.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>The variable that restricts the graphics processors; null when none does.</summary>
    /// <returns>Its name.</returns>
    public static string? Restriction() =>
        Array.Find(["CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES"], name => Environment.GetEnvironmentVariable(name) is not null);
}
