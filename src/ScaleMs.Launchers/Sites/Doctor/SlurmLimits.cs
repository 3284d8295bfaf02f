using System.Globalization;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>A profile's limits as words of <c>sbatch</c>.</summary>
internal static class SlurmLimits
{
    /// <summary>A name for the answer and the words, for each limit that the profile sets.</summary>
    public static IEnumerable<(string Name, string[] Words)> Of(SiteLimits limits)
    {
        if (limits.Cpus > 0)
        {
            yield return ("cpus", [Text($"--cpus-per-task={limits.Cpus}")]);
        }

        if (limits.MemoryBytes > 0)
        {
            yield return ("memory", [Text($"--mem={limits.MemoryBytes >> 20}M")]);
        }

        if (limits.Gpus > 0)
        {
            yield return ("gpus", [Text($"--gres=gpu:{limits.Gpus}")]);
        }

        if (limits.Time is { } time)
        {
            yield return ("time", [Text($"--time={Math.Max(1, (long)time.TotalMinutes)}")]);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
