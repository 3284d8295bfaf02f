using System.Runtime.InteropServices;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Disk;

/// <summary>Reads stat tuples: through <c>statx</c> on Linux, else through what .NET tells.</summary>
internal static class StatReader
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const uint RegularFile = 0x8000;
    private const uint Folder = 0x4000;
    private const uint SymbolicLink = 0xA000;

    public static FileStat? Read(string path, bool followLinks)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Portable(path, followLinks);
        }

        var flags = followLinks ? 0 : Libc.AtSymlinkNoFollow;
        if (Libc.Statx(Libc.AtCurrentDirectory, path, flags, Libc.StatxBasicStats, out var buffer) == 0)
        {
            return Of(buffer);
        }

        return Marshal.GetLastPInvokeError() is Errno.NoEntry or Errno.NotDirectory ? null : throw DiskErrors.OfLastError("look at", path);
    }

    /// <summary>Looks at what stands at a path, a link itself; Linux only.</summary>
    /// <exception cref="IOException">Nothing is there, or the disk refused.</exception>
    public static StatxBuffer Entry(string path) =>
        Libc.Statx(Libc.AtCurrentDirectory, path, Libc.AtSymlinkNoFollow, Libc.StatxBasicStats, out var buffer) == 0 ? buffer : throw DiskErrors.LastError();

    /// <summary>Whether a file has more than one name (hard links); elsewhere than on Linux nobody knows, and the answer is yes.</summary>
    public static bool HasOtherNames(string path) =>
        !OperatingSystem.IsLinux() || Libc.Statx(Libc.AtCurrentDirectory, path, Libc.AtSymlinkNoFollow, Libc.StatxBasicStats, out var buffer) != 0 || buffer.Names > 1;

    /// <summary>Looks at a path that is relative to an open folder, without making a string of it; Linux only.</summary>
    /// <param name="folder">The folder's descriptor.</param>
    /// <param name="path">UTF-8, ended by a zero byte.</param>
    /// <param name="followLinks">Whether a symbolic link stands for its target.</param>
    public static unsafe FileStat? ReadAt(SafeHandle folder, ReadOnlySpan<byte> path, bool followLinks)
    {
        fixed (byte* name = path)
        {
            if (Libc.Statx(folder, name, followLinks ? 0 : Libc.AtSymlinkNoFollow, Libc.StatxBasicStats, out var buffer) == 0)
            {
                return Of(buffer);
            }
        }

        return Marshal.GetLastPInvokeError() is Errno.NoEntry or Errno.NotDirectory ? null : throw DiskErrors.LastError();
    }

    /// <summary>Looks at an open file; Linux only.</summary>
    public static unsafe FileStat? ReadOpen(SafeHandle file)
    {
        byte empty = 0;
        return Libc.Statx(file, &empty, Libc.AtEmptyPath, Libc.StatxBasicStats, out var buffer) == 0 ? Of(buffer) : null;
    }

    // Unchecked: a damaged inode can carry any time stamp, and here only equality counts.
    private static FileStat Of(in StatxBuffer buffer) => unchecked(new FileStat(
        ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor,
        buffer.Inode,
        (long)buffer.Length,
        (buffer.ModifiedSeconds * NanosecondsPerSecond) + buffer.ModifiedNanoseconds,
        (buffer.ChangedSeconds * NanosecondsPerSecond) + buffer.ChangedNanoseconds,
        buffer.Mode));

    /// <summary>Without inode and change time: weaker, because an edit that restores length and time stamp goes unseen.</summary>
    internal static FileStat? Portable(string path, bool followLinks) => DiskErrors.Guard("look at", path, () =>
    {
        FileSystemInfo file = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (file.LinkTarget is not null && followLinks)
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        }

        // A dangling link exists as itself and not as its target.
        return file.Exists || (!followLinks && file.LinkTarget is not null) ? Of(file) : (FileStat?)null;
    });

    private static FileStat Of(FileSystemInfo file)
    {
        var kind = file.LinkTarget is not null ? SymbolicLink : file is DirectoryInfo ? Folder : RegularFile;
        var length = file is FileInfo { Exists: true } regular && kind == RegularFile ? regular.Length : 0;
        var modified = (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new FileStat(0, 0, length, modified, 0, kind | PermissionsOf(file));
    }

    private static uint PermissionsOf(FileSystemInfo file) =>
        OperatingSystem.IsWindows() ? 0x1A4u : (uint)file.UnixFileMode;
}
