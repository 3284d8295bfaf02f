using System.Diagnostics;

namespace ScaleMs.Slurm.Tests.Cluster;

/// <summary>Whether this machine has Slurm, which CI installs from Debian.</summary>
internal static class Installation
{
    private static readonly string[] Programs = ["slurmctld", "slurmd", "sbatch", "squeue", "scancel", "munged"];
    private static readonly TimeSpan LongestInstallation = TimeSpan.FromMinutes(5);

    /// <summary>Why there can be no cluster; empty where there can.</summary>
    internal static string Problem()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return "a Slurm of one's own needs Linux and root";
        }

        if (Missing().Count > 0 && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Install();
        }

        return Missing() is { Count: > 0 } missing ? $"{string.Join(", ", missing)} not found; install 'slurm-wlm' and 'munge'" : string.Empty;
    }

    internal static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static List<string> Missing() => [.. Programs.Where(program => Find(program) is null)];

    private static void Install()
    {
        const string apt = "apt-get -o DPkg::Lock::Timeout=300";
        using var process = Process.Start("/bin/sh", ["-c", $"export DEBIAN_FRONTEND=noninteractive; {apt} update && {apt} install --yes --no-install-recommends slurm-wlm munge; exit 0"]);
        if (!process.WaitForExit(LongestInstallation))
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
