using System.Diagnostics;

namespace ScaleMs.Store.Disk;

/// <summary>Finds out how far a file system's time stamps tell one change from the next.</summary>
/// <remarks>
/// Most systems stamp with the tick of the clock (1 to 10 ms), so an edit right after our own write can carry the very stamps we
/// recorded. Linux from 6.13 gives each change after a look its own stamp (ext4, XFS, btrfs, tmpfs). This asks the file system instead of
/// the version: eight times a byte is written and looked at, faster than any tick; eight different stamps prove it.
/// </remarks>
internal static class StampProbe
{
    private const int Rounds = 8;

    /// <summary>The first pass may be slow because its code is being compiled.</summary>
    private const int Passes = 3;

    /// <summary>Slower than this the rounds could have seen different ticks, as over a network.</summary>
    private static readonly TimeSpan ShorterThanTicks = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether every change gets a stamp of its own.</summary>
    /// <param name="probe">A file that may be made and written.</param>
    public static bool IsFine(string probe)
    {
        using var file = File.OpenHandle(probe, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return Enumerable.Range(0, Passes).Any(_ => Pass(file, probe));
    }

    private static bool Pass(Microsoft.Win32.SafeHandles.SafeFileHandle file, string probe)
    {
        var stamps = new HashSet<long>();
        var begin = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            RandomAccess.Write(file, "."u8, 0);
            stamps.Add(StatReader.Read(probe, followLinks: true)?.ChangedNs ?? 0);
        }

        return stamps.Count == Rounds && Stopwatch.GetElapsedTime(begin) < ShorterThanTicks;
    }
}
