using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Maintenance;

/// <summary>Files that were being written when their process was killed. Only where no run goes on.</summary>
internal static class StaleFiles
{
    /// <summary>Blobs on their way in, temporary files, and segments that a base stands for.</summary>
    public static IReadOnlyList<string> Of(StoreLayout layout) => [.. In(layout.Incoming, IsIncoming), .. In(layout.Root, IsTemporary), .. In(layout.Journal, IsTemporary), .. Obsolete(layout), .. In(layout.Journal, name => IsOrphan(layout, name))];

    private static IEnumerable<string> In(string folder, Func<string, bool> isStale) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Where(path => isStale(Path.GetFileName(path))) : [];

    private static bool IsIncoming(string name) => name != PhysicalDisk.ClockFile;

    private static bool IsTemporary(string name) => name.StartsWith(TemporaryName.Prefix, StringComparison.Ordinal) && name.EndsWith(TemporaryName.Extension, StringComparison.Ordinal);

    private static bool IsOrphan(StoreLayout layout, string name) =>
        name.EndsWith(KeyTable.Extension, StringComparison.Ordinal) && !File.Exists(Path.Combine(layout.Journal, name[..^KeyTable.Extension.Length]));

    private static IEnumerable<string> Obsolete(StoreLayout layout)
    {
        try
        {
            return JournalFolder.Obsolete(JournalFolder.Names(layout.Journal)).Select(name => Path.Combine(layout.Journal, name.ToString()));
        }
        catch (Core.Ports.StoreException)
        {
            // Two segments of one epoch: nobody but the user may decide which one goes.
            return [];
        }
    }
}
