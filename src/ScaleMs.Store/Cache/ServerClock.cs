using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>What time it is on the machine that keeps the cache: clocks of clients differ, and their users' clocks more so.</summary>
internal static class ServerClock
{
    /// <returns>Nanoseconds since 1970, as files of the cache are stamped now.</returns>
    public static long Now(CacheLayout layout)
    {
        var probe = layout.NewIncoming();
        try
        {
            using (var file = NewHandle.MakeNew(probe))
            {
                RandomAccess.Write(file, "."u8, 0);
            }

            return StatReader.Read(probe, followLinks: false)?.ModifiedNs ?? throw new IOException($"'{probe}' went away as soon as it was written");
        }
        finally
        {
            TemporaryName.TryDelete(probe);
        }
    }
}
