using ScaleMs.Store.Disk;
using ScaleMs.Store.Locking;

namespace ScaleMs.Store.Cache;

/// <summary>The leases of a cache, as a collector sees them.</summary>
/// <param name="layout">The cache.</param>
/// <param name="options">Who looks.</param>
internal sealed class LeaseFolder(CacheLayout layout, CacheOptions options)
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>A client refreshes its lease every two minutes; one without news for so long is dead, wherever it was.</summary>
    private const long SilentNs = 24 * 3600 * SecondNs;

    /// <summary>Two machines may have one name, so a lease of an earlier start of this one is believed dead only after a while.</summary>
    private const long SilentAfterBootNs = 3600 * SecondNs;

    /// <summary>Finds the live clients and removes the leases of dead ones.</summary>
    /// <param name="nowNs">The file server's time.</param>
    /// <param name="removesDead">Whether to remove anything.</param>
    /// <returns>When the oldest live lease began, and how many there are.</returns>
    public (long? OldestNs, int Count) Live(long nowNs, bool removesDead)
    {
        long? oldest = null;
        var count = 0;
        foreach (var path in Directory.Exists(layout.Leases) ? Directory.EnumerateFiles(layout.Leases, "*.json") : [])
        {
            if (StatReader.Read(path, followLinks: false) is not { IsFile: true } stat)
            {
                continue;
            }

            // What cannot be read may be anybody's from any time: then nothing is old enough to go.
            var note = LeaseNote.TryRead(path);
            if (IsDead(note, nowNs - stat.ModifiedNs))
            {
                Remove(path, removesDead);
                continue;
            }

            oldest = Math.Min(oldest ?? long.MaxValue, note?.BeganNs ?? 0);
            count++;
        }

        return (oldest, count);
    }

    private bool IsDead(LeaseNote? note, long silentNs)
    {
        if (note is not null && note.IsOfThisMachine(options))
        {
            return RunningProcess.StartTicks(note.ProcessId) != note.StartTicks;
        }

        return silentNs > (note?.Host == options.HostName && note.BootId != options.BootId ? SilentAfterBootNs : SilentNs);
    }

    private static void Remove(string path, bool removesDead)
    {
        if (removesDead)
        {
            TemporaryName.TryDelete(path);
        }
    }
}
