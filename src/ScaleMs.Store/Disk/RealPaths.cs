using System.Runtime.InteropServices;

namespace ScaleMs.Store.Disk;

/// <summary>Resolves every link of a path.</summary>
internal static unsafe class RealPaths
{
    public static string Of(string path) => OperatingSystem.IsWindows() ? Portable(path) : Native(path);

    private static string Native(string path)
    {
        var resolved = Libc.RealPath(path, 0);
        if (resolved == 0)
        {
            throw DiskErrors.LastError();
        }

        try
        {
            return Marshal.PtrToStringUTF8(resolved)!;
        }
        finally
        {
            NativeMemory.Free((void*)resolved);
        }
    }

    /// <summary>Walks from the root and replaces each link by its final target.</summary>
    internal static string Portable(string path)
    {
        path = Path.GetFullPath(path);
        var root = Path.GetPathRoot(path)!;
        var resolved = root;
        foreach (var segment in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, segment);
            FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            if (!entry.Exists)
            {
                throw new FileNotFoundException("nothing is there", resolved);
            }

            // The target's own path may lead through links again.
            resolved = entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Portable(target.FullName) : resolved;
        }

        return resolved;
    }
}
