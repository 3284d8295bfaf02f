using Microsoft.Win32.SafeHandles;

namespace ScaleMs.Store.Disk;

/// <summary>Makes files that are not there yet, without a lock, in one call of the system where their folder is there.</summary>
internal static class NewHandle
{
    private const int ReadWriteForAll = 0x1B6;

    /// <summary>Makes a file.</summary>
    /// <exception cref="IOException">A file of that name is there, or the disk refused.</exception>
    public static SafeFileHandle MakeNew(string path) =>
        OperatingSystem.IsLinux() ? TryMake(path) ?? throw DiskErrors.LastError() : MakePortably(path);

    /// <summary>Makes a file whose name is ours alone: what a killed process left there goes, and its folder is made where it is missing.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static SafeFileHandle Make(string path)
    {
        if (OperatingSystem.IsLinux() && TryMake(path) is { } made)
        {
            return made;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        return MakeNew(path);
    }

    private static SafeFileHandle? TryMake(string path)
    {
        const int flags = Libc.OpenReadWrite | Libc.OpenCreate | Libc.OpenExclusively | Libc.OpenCloseOnExec;
        var descriptor = Libc.Open(path, flags, ReadWriteForAll);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static SafeFileHandle MakePortably(string path) =>
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
}
