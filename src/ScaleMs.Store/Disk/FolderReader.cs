using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Disk;

/// <summary>Reads what a directory holds.</summary>
internal static class FolderReader
{
    /// <summary>Every entry, hidden ones too; one that goes away meanwhile is left out.</summary>
    public static IReadOnlyList<DiskEntry> Entries(string path)
    {
        var entries = new List<DiskEntry>();
        foreach (var file in Directory.EnumerateFileSystemEntries(path, "*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }))
        {
            // A name that is not UTF-8 leads nowhere, but it is there.
            if (StatReader.Read(file, followLinks: false) is { } stat)
            {
                entries.Add(new DiskEntry(Path.GetFileName(file), stat, stat.IsLink ? new FileInfo(file).LinkTarget : null));
            }
            else if (file.Contains('\ufffd', StringComparison.Ordinal))
            {
                entries.Add(new DiskEntry(Path.GetFileName(file), default, null));
            }
        }

        entries.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return entries;
    }
}
