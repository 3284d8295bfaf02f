using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Disk;

/// <summary>Copies a file's bytes the cheapest way the file system offers: shared blocks, a copy inside the kernel, a copy by hand.</summary>
internal static class FileCopier
{
    private const UnixFileMode ReadAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ExecuteAll = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>0444: for blobs.</summary>
    public static UnixFileMode ReadOnly => ReadAll;

    /// <summary>Copies by way of a temporary name; what stood at the target is replaced.</summary>
    /// <returns>How the copy looked when its last byte was written, before it got its name.</returns>
    public static FileStat? Copy(string source, string target, bool executable)
    {
        var temporary = TemporaryName.OfCopy(target);
        try
        {
            using (var from = ReadHandle.Open(source))
            using (var to = NewHandle.Make(temporary))
            {
                CopyBytes(from, to);
                SetMode(to, ModeOf(executable));
            }

            var written = StatReader.Read(temporary, followLinks: false);
            Renaming.TryReplace(temporary, target);
            return written;
        }
        catch
        {
            TemporaryName.TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Copies over the bytes of a file that nobody needs and names it; Linux only.</summary>
    /// <returns>False when that file cannot be written; nothing is changed then at the target.</returns>
    public static bool TryCopyOver(string spare, string source, string target, bool executable)
    {
        using (var to = ReadHandle.OpenToOverwrite(spare))
        {
            if (to is null)
            {
                return false;
            }

            using var from = ReadHandle.Open(source);
            Shorten(to, CopyBytes(from, to));
            SetMode(to, ModeOf(executable));
        }

        return Renaming.TryReplace(spare, target);
    }

    /// <summary>0644, or 0755 for what may be executed.</summary>
    public static UnixFileMode ModeOf(bool executable) => ReadAll | UnixFileMode.UserWrite | (executable ? ExecuteAll : 0);

    /// <summary>Clones a file where the file system can.</summary>
    /// <returns>Whether it could; if not, nothing is left.</returns>
    public static bool TryClone(string source, string target, bool executable)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using (var from = ReadHandle.Open(source))
        using (var to = NewHandle.MakeNew(target))
        {
            if (TryClone(from, to))
            {
                SetMode(to, ModeOf(executable));
                return true;
            }
        }

        File.Delete(target);
        return false;
    }

    /// <summary>Makes a new file share the blocks of another: instant, and later writes to either do not show in the other.</summary>
    /// <returns>Whether the file system could.</returns>
    public static bool TryClone(SafeFileHandle from, SafeFileHandle to) =>
        OperatingSystem.IsLinux() && Libc.Ioctl(to, Libc.FileClone, from) == 0;

    /// <summary>Sets the exact mode, whatever the umask; nothing on Windows.</summary>
    public static void SetMode(SafeFileHandle file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    /// <returns>How many bytes there are.</returns>
    private static long CopyBytes(SafeFileHandle from, SafeFileHandle to)
    {
        if (TryClone(from, to))
        {
            return RandomAccess.GetLength(from);
        }

        if (TryCopyInKernel(from, to, out var length))
        {
            return length;
        }

        using var pass = new ContentPass(Array.Empty<ContentIdentity>());
        pass.Read(from, to);
        return pass.Length;
    }

    private static void Shorten(SafeFileHandle file, long length)
    {
        if (RandomAccess.GetLength(file) > length && Libc.Truncate(file, length) != 0)
        {
            throw DiskErrors.LastError();
        }
    }

    /// <summary>Stops at the first refusal; the copy by hand then begins at the front again.</summary>
    private static bool TryCopyInKernel(SafeFileHandle from, SafeFileHandle to, out long total)
    {
        total = 0;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        nint copied;
        do
        {
            copied = Libc.CopyFileRange(from, 0, to, 0, 1 << 30, 0);
            total += Math.Max(copied, 0);
        }
        while (copied > 0);

        // Files of /proc and some FUSE systems answer 0 although they have bytes, as an empty file does: both go by hand.
        return copied == 0 && total > 0;
    }
}
