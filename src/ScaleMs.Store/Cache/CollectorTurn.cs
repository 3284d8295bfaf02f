using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>One collection at a time, where the file system has locks; without, two at once may only cost work that is done again.</summary>
internal static class CollectorTurn
{
    public static IDisposable Take(CacheLayout layout)
    {
        var path = Path.Combine(layout.Trash, ".turn");
        if (!File.Exists(path))
        {
            NewFile.Add(layout, path, [], FileCopier.ReadOnly);
        }

        try
        {
            // Whoever made it, everybody may read it, and that is enough for a lock.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
        }
        catch (IOException cause) when (cause is not FileNotFoundException)
        {
            throw new StoreException($"another collection is at work in the shared cache '{layout.Root}'; try again later", cause);
        }
    }
}
