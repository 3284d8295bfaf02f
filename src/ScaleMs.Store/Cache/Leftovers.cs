using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>What killed clients and collectors left behind, and what was moved aside long ago.</summary>
internal static class Leftovers
{
    /// <summary>Long enough to look at what was damaged.</summary>
    private static readonly TimeSpan DamagedStay = TimeSpan.FromDays(7);

    /// <summary>Whatever the grace period: a client that is only just coming has files there and no lease yet.</summary>
    private static readonly TimeSpan OthersStay = TimeSpan.FromHours(1);

    public static void Remove(CacheLayout layout, TrashFolder trash, long nowNs, long boundaryNs)
    {
        // Of a live client a lead is refreshed all the time, whatever else it relies on.
        Remove(layout.Leads, trash, nowNs - Nanoseconds.Of(OthersStay), stat => stat.ModifiedNs);
        boundaryNs = Math.Min(boundaryNs, nowNs - Nanoseconds.Of(OthersStay));
        Remove(layout.Incoming, trash, boundaryNs, Came);
        Remove(layout.Trash, trash, boundaryNs, Came);
        Remove(layout.Damaged, trash, boundaryNs - Nanoseconds.Of(DamagedStay), Came);
    }

    // A rename moves only the change time: an entry comes to these folders with an old modification time.
    private static long Came(FileStat stat) => Math.Max(stat.ModifiedNs, stat.ChangedNs);

    private static void Remove(string folder, TrashFolder trash, long beforeNs, Func<FileStat, long> timeNs)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            if (StatReader.Read(path, followLinks: false) is { } stat && timeNs(stat) < beforeNs && Path.GetFileName(path)[0] != '.')
            {
                trash.Delete(path);
            }
        }
    }
}
