using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Blobs;

/// <summary>How far a file system's time stamps tell one change from the next.</summary>
/// <remarks>
/// Most systems stamp with the tick of the clock (1 to 10 ms), so an edit right after our own write can carry the very stamps we
/// recorded. Linux from 6.13 gives each change after a look its own stamp (ext4, XFS, btrfs, tmpfs). This asks the file system instead of
/// the version: eight times a byte is written and looked at, faster than any tick; eight different stamps prove it.
/// </remarks>
/// <param name="disk">The disk.</param>
/// <param name="folder">A folder of the file system in question that may be written.</param>
internal sealed class StampGrain(IDisk disk, string folder)
{
    /// <summary>The longest tick in use: HZ=100.</summary>
    private const long TickNs = 10_000_000;
    private const int Rounds = 8;

    /// <summary>The first pass may be slow because its code is being compiled.</summary>
    private const int Passes = 3;

    /// <summary>Slower than this the rounds could have seen different ticks, as over a network.</summary>
    private static readonly TimeSpan ShorterThanTicks = TimeSpan.FromMilliseconds(1);

    private bool? _isFine;

    /// <summary>Whether a write right now could leave a file with this very stat tuple, so that it proves nothing later.</summary>
    public bool IsRacy(in FileStat stat)
    {
        if (_isFine ??= Enumerable.Range(0, Passes).Any(_ => Probe()))
        {
            return false;
        }

        return Math.Max(stat.ChangedNs, stat.ModifiedNs) + TickNs >= disk.Now(folder);
    }

    private bool Probe()
    {
        var path = Path.Combine(folder, PhysicalDisk.ClockFile);
        disk.Now(folder);
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var stamps = new HashSet<long>();
        var begin = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            RandomAccess.Write(file, "."u8, 0);
            stamps.Add(disk.Stat(path)?.ChangedNs ?? 0);
        }

        return stamps.Count == Rounds && Stopwatch.GetElapsedTime(begin) < ShorterThanTicks;
    }
}
