using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Scanning;

/// <summary>Tells whether a stat tuple proves anything, by the clock of the file's own device.</summary>
/// <remarks>
/// Where stamps are coarse, a change right now could leave the file as it looks until that clock has moved on: by a tick, by a second on ext3, by two
/// on FAT. An older reading of a clock only errs on the safe side, so a clock is read no more than needed. Thread-safe.
/// </remarks>
/// <param name="disk">The disk.</param>
/// <param name="store">The store's folder; only there a probe file may stay.</param>
/// <param name="mayFail">Whether a clock that cannot be read makes a stamp racy: a reader may have no right to write a probe file.</param>
internal sealed class StampClocks(IDisk disk, string store, bool mayFail = false)
{
    /// <summary>Changes closer together than this may share a time stamp: 10 ms covers the kernel's clock tick.</summary>
    private const long TickNs = 10_000_000;

    private readonly Lazy<ulong?> _stores = new(() => disk.Stat(store)?.Device);
    private readonly Lock _gate = new();
    private readonly List<Reading> _readings = [];

    /// <summary>Whether a change right now could leave a file with this very stat tuple.</summary>
    /// <param name="file">The file, absolute.</param>
    /// <param name="stat">How it looks.</param>
    public bool IsRacy(string file, in FileStat stat)
    {
        try
        {
            return IsRacyByClock(file, stat);
        }
        catch (StoreException) when (mayFail)
        {
            return true;
        }
    }

    private bool IsRacyByClock(string file, in FileStat stat)
    {
        var isStores = stat.Device == _stores.Value;
        if (isStores && disk.HasFineStamps(store))
        {
            return false;
        }

        var changed = Math.Max(stat.ModifiedNs, stat.ChangedNs);
        var device = stat.Device;
        lock (_gate)
        {
            var reading = _readings.Find(known => known.Device == device);
            if (reading is null)
            {
                _readings.Add(reading = new Reading(device));
            }

            if (IsSince(changed, reading.Ns))
            {
                reading.Ns = isStores ? disk.Now(store) : disk.NowBeside(file);
            }

            return IsSince(changed, reading.Ns);
        }
    }

    private static bool IsSince(long changedNs, long clockNs) => clockNs - changedNs <= TickNs;

    private sealed class Reading(ulong device)
    {
        public ulong Device { get; } = device;

        public long Ns { get; set; }
    }
}
