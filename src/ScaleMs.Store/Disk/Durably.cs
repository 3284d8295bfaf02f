using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ScaleMs.Store.Disk;

/// <summary>Makes files and folder entries survive a loss of power.</summary>
internal static class Durably
{
    /// <summary>Flushes a file's bytes and length.</summary>
    public static void Data(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (Libc.SyncData(file) != 0)
        {
            Judge();
        }
    }

    /// <summary>Flushes a file's bytes by its name.</summary>
    public static void File(string path)
    {
        // Windows flushes only through a handle that may write, and blobs are read-only there.
        if (!OperatingSystem.IsWindows())
        {
            using var file = ReadHandle.Open(path);
            Data(file);
        }
    }

    /// <summary>Flushes the names in a folder; elsewhere than on Linux the file system orders them itself.</summary>
    public static void Folder(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var folder = ReadHandle.OpenFolder(path);
        if (Libc.Sync(folder) != 0)
        {
            Judge();
        }
    }

    // Some network and FUSE file systems know no flush of this kind of file; there is nothing more to be had there.
    private static void Judge()
    {
        if (Marshal.GetLastPInvokeError() is not (Errno.Invalid or Errno.NoSystemCall or Errno.NotSupported or Errno.ReadOnly))
        {
            throw DiskErrors.LastError();
        }
    }
}
