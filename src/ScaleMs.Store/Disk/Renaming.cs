using System.Runtime.InteropServices;

namespace ScaleMs.Store.Disk;

/// <summary>Renames files without ever copying them: .NET falls back to a copy where a rename would cross file systems.</summary>
internal static class Renaming
{
    /// <summary>Renames anything to a name that nobody holds; Linux only.</summary>
    /// <returns>False, with nothing done, where it was refused or the file system cannot tell.</returns>
    public static bool TryName(string source, string target) =>
        Libc.RenameAt(Libc.AtCurrentDirectory, source, Libc.AtCurrentDirectory, target, Libc.RenameNoReplace) == 0;

    /// <summary>Renames a file over whatever stands at the target, whose folder is made where it is missing.</summary>
    /// <returns>False, with nothing done but that, where the two are on different file systems.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public static bool TryInto(string source, string target)
    {
        try
        {
            return TryReplace(source, target);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            return TryReplace(source, target);
        }
    }

    /// <summary>Renames a file over whatever stands at the target.</summary>
    /// <returns>False, with nothing done, where the two are on different file systems.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public static bool TryReplace(string source, string target)
    {
        if (!OperatingSystem.IsLinux())
        {
            File.Move(source, target, overwrite: true);
            return true;
        }

        const int Here = Libc.AtCurrentDirectory;
        if (Libc.RenameAt(Here, source, Here, target, 0) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Errno.CrossDevice ? false : throw DiskErrors.LastError();
    }
}
