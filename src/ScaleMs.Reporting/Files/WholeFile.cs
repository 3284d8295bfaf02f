namespace ScaleMs.Reporting.Files;

/// <summary>Writes a file so that a reader sees the old one or the whole new one.</summary>
internal static class WholeFile
{
    public static void Write(string path, Action<Stream> write)
    {
        var target = Resolve(path);
        if (IsDevice(target))
        {
            // A rename would put a file in the place of the device: as root that would be the end of /dev/null.
            using var device = new FileStream(target, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>A link stays a link: the file that it points to is replaced.</summary>
    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var file = new FileInfo(full);
        return IsDevice(full) || file.LinkTarget is null ? full : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>Shared memory lies under <c>/dev</c> too, and holds files like any other.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));
}
