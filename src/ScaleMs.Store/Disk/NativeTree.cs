using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScaleMs.Store.Disk;

/// <summary>Removes trees with names that are not UTF-8: .NET lists such an entry under a name that does not lead back to it.</summary>
internal static unsafe class NativeTree
{
    private const int OpenFolders = 16;
    private const int NotThroughLinks = 1;
    private const int FoldersLast = 8;

    /// <summary>Only for Linux, whose flags these are.</summary>
    /// <exception cref="IOException">Something could not be removed.</exception>
    public static void Remove(string path)
    {
        if (Libc.WalkTree(path, &RemoveEntry, OpenFolders, NotThroughLinks | FoldersLast) != 0)
        {
            throw DiskErrors.LastError();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RemoveEntry(byte* path, void* stat, int kind, void* place) => Libc.Remove(path);
}
