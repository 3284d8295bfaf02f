using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>Puts small files into the cache: written aside, then named in one step, so that nobody ever reads half of one.</summary>
internal static class NewFile
{
    /// <summary>Writes a file aside, under a name of its own.</summary>
    public static string Make(CacheLayout layout, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var incoming = layout.NewIncoming();
        try
        {
            using var file = NewHandle.MakeNew(incoming);
            RandomAccess.Write(file, content, 0);
            FileCopier.SetMode(file, mode);
            return incoming;
        }
        catch
        {
            TemporaryName.TryDelete(incoming);
            throw;
        }
    }

    /// <summary>Names a new file unless the name is taken: the first one wins.</summary>
    /// <returns>Whether it is ours that stands there now.</returns>
    public static bool Add(CacheLayout layout, string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var incoming = Make(layout, content, mode);
        try
        {
            return TryName(incoming, path);
        }
        finally
        {
            TemporaryName.TryDelete(incoming);
        }
    }

    /// <summary>Names a new file, in place of what stands there.</summary>
    public static void Replace(CacheLayout layout, string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var incoming = Make(layout, content, mode);
        try
        {
            File.Move(incoming, path, overwrite: true);
        }
        catch
        {
            TemporaryName.TryDelete(incoming);
            throw;
        }
    }

    /// <summary>Gives a file its name unless that is taken.</summary>
    public static bool TryName(string incoming, string path)
    {
        try
        {
            Mover.Move(incoming, path);
            return true;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) && (cause.HResult == Errno.Exists || File.Exists(path)))
        {
            return false;
        }
    }
}
