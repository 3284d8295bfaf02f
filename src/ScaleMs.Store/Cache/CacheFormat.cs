using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Cache;

/// <summary><c>cache.json</c>: the format's number, read before anything else.</summary>
internal static class CacheFormat
{
    public const int Present = 1;

    /// <summary>Whether the folder is a cache that this version can read.</summary>
    /// <exception cref="StoreException">A newer version made it, or the file is damaged.</exception>
    public static bool IsThere(CacheLayout layout)
    {
        if (!File.Exists(layout.FormatFile))
        {
            return false;
        }

        var format = StoreFormat.Read(layout.FormatFile);
        return format <= Present ? true : throw new StoreException(
            $"the shared cache '{layout.Root}' has format {format}, and this version of ScaleMs reads format {Present}: " +
            "use the newer version that wrote it, or name another folder");
    }

    /// <summary>Makes a cache of an empty folder. Clients that do so at once all end with the first one's file.</summary>
    /// <exception cref="StoreException">The folder holds something else.</exception>
    public static void Make(CacheLayout layout, CacheFolders folders)
    {
        Directory.CreateDirectory(layout.Root);
        if (Directory.EnumerateFileSystemEntries(layout.Root).Select(entry => Path.GetFileName(entry)).FirstOrDefault(name => !CacheLayout.IsTolerated(name)) is { } foreign)
        {
            throw new StoreException($"'{layout.Root}' is no shared cache, it holds '{foreign}': name an empty or a new folder");
        }

        folders.Ensure(layout.Incoming);
        NewFile.Add(layout, layout.FormatFile, Encoding.UTF8.GetBytes($$"""{"format":{{Present}}}""" + "\n"), FileCopier.ReadOnly);
        IsThere(layout);
    }
}
