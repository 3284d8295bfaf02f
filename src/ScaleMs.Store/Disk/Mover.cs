using System.Runtime.InteropServices;

namespace ScaleMs.Store.Disk;

/// <summary>Renames anything (file, folder, link) to a name that nobody holds.</summary>
internal static class Mover
{
    public static void Move(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!TryRename(source, target))
        {
            MovePortably(source, target);
        }
    }

    // One atomic call that refuses to replace. Older file systems do not know the flag, older C libraries not the call.
    private static bool TryRename(string source, string target)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            const int Here = Libc.AtCurrentDirectory;
            if (Libc.RenameAt(Here, source, Here, target, Libc.RenameNoReplace) == 0)
            {
                return true;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }

        return Marshal.GetLastPInvokeError() is Errno.Invalid or Errno.NoSystemCall ? false : throw DiskErrors.LastError();
    }

    private static void MovePortably(string source, string target)
    {
        if (Directory.Exists(source))
        {
            Directory.Move(source, target);
        }
        else
        {
            File.Move(source, target, overwrite: false);
        }
    }
}
