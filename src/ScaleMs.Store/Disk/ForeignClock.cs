using ScaleMs.Core.Records;

namespace ScaleMs.Store.Disk;

/// <summary>Reads the clock of a file system on which nothing of ours may stand: sources may be on any.</summary>
/// <remarks>
/// A file without a name is made in the file's folder, which changes nothing there, and its stamp is read. Where that cannot be done (FAT,
/// NFS, read-only, somebody else's folder) this machine's clock is taken, less the coarsest grain in use.
/// </remarks>
internal static class ForeignClock
{
    /// <summary>FAT stamps with every other second.</summary>
    private const long CoarsestGrainNs = 2_000_000_000;

    private const int OwnerOnly = 0x180;

    /// <summary>Nothing in the file's file system is stamped earlier from now on, in nanoseconds since 1970.</summary>
    public static long Beside(string file) => OperatingSystem.IsLinux() && Probe(file) is { } stamp
        ? stamp
        : ((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick) - CoarsestGrainNs;

    private static long? Probe(string file)
    {
        try
        {
            var folder = Path.GetDirectoryName(RealPaths.Of(file))!;
            using var probe = ReadHandle.Owned(Libc.Open(folder, Libc.OpenWriteOnly | Libc.OpenUnnamed | Libc.OpenCloseOnExec, OwnerOnly));
            // A folder may show files of several devices, as overlays and mounted files do.
            return StatReader.ReadOpen(probe) is { } stat && stat.Device == StatReader.Read(file, followLinks: true)?.Device ? stat.ChangedNs : null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }
}
