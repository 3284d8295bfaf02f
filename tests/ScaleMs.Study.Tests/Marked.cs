using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ScaleMs.Study.Tests;

/// <summary>Processes of steps, known by the variable that the launcher gives them; found on Linux only.</summary>
internal static class Marked
{
    /// <summary>The processes of steps of a workspace.</summary>
    public static IReadOnlyList<int> Of(string workspace)
    {
        var marker = Encoding.UTF8.GetBytes($"\0SCALEMS_ATTEMPT={workspace}/");
        return Directory.Exists("/proc/self")
            ? [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(pid => Holds(pid, marker))]
            : [];
    }

    public static void AreNeeded() => Assert.SkipUnless(Directory.Exists("/proc/self"), "there is no /proc to find processes in");

    /// <summary>Ends them all at once, as a machine that loses its power does.</summary>
    public static void EndAll(string workspace)
    {
        foreach (var pid in Of(workspace))
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
                process.WaitForExit(TimeSpan.FromSeconds(30));
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }
    }

    private static bool Holds(int pid, byte[] marker)
    {
        try
        {
            byte[] environment = [0, .. File.ReadAllBytes($"/proc/{pid}/environ")];
            return environment.AsSpan().IndexOf(marker) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
