using System.Runtime.InteropServices;

namespace ScaleMs.Store.Disk;

/// <summary>How an attempt to stamp a file with the present time ended.</summary>
internal enum Touched
{
    /// <summary>It is stamped.</summary>
    Done,

    /// <summary>Nothing is there.</summary>
    Gone,

    /// <summary>This user may not, or the file system is read-only.</summary>
    Refused,
}

/// <summary>Stamps files with the file system's own clock.</summary>
internal static class FileTouch
{
    public static Touched Now(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Portable(path);
        }

        // No times given: the file server stamps with its clock, not with ours.
        if (Libc.SetTimes(Libc.AtCurrentDirectory, path, 0, Libc.AtSymlinkNoFollow) == 0)
        {
            return Touched.Done;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Errno.NoEntry or Errno.NotDirectory or Errno.Stale => Touched.Gone,
            Errno.NotPermitted or Errno.AccessDenied or Errno.ReadOnly => Touched.Refused,
            _ => throw DiskErrors.LastError(),
        };
    }

    private static Touched Portable(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
            return Touched.Done;
        }
        catch (UnauthorizedAccessException)
        {
            return Touched.Refused;
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return Touched.Gone;
        }
    }
}
