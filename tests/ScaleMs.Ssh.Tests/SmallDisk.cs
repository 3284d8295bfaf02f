using System.Diagnostics;

namespace ScaleMs.Ssh.Tests;

/// <summary>A file system of two megabytes in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one; null where that is not allowed.</summary>
    internal static SmallDisk? Mount(string folder) => Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder) ? new SmallDisk(folder) : null;

    public void Dispose()
    {
        Run("umount", "-l", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
