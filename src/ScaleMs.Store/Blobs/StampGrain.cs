using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Blobs;

/// <summary>Tells whether a stat tuple proves anything: where time stamps are coarse, an edit in the same tick may leave the same tuple.</summary>
/// <param name="disk">The disk.</param>
/// <param name="folder">A folder of the file system in question that may be written.</param>
internal sealed class StampGrain(IDisk disk, string folder)
{
    /// <summary>The longest tick in use: HZ=100.</summary>
    private const long TickNs = 10_000_000;

    /// <summary>Whether a write right now could leave a file with this very stat tuple, so that it proves nothing later.</summary>
    public bool IsRacy(in FileStat stat) =>
        !disk.HasFineStamps(folder) && Math.Max(stat.ChangedNs, stat.ModifiedNs) + TickNs >= disk.Now(folder);
}
