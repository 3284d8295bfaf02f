using System.IO.Enumeration;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Maintenance;

/// <summary>Sums up what is in a folder; links count as themselves, and what goes away meanwhile counts nothing.</summary>
internal static class FolderSize
{
    private static readonly EnumerationOptions Everything =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>Bytes and files of a folder or a file; nothing when it is not there.</summary>
    public static (long Bytes, int Files) Of(string path)
    {
        if (StatReader.Read(path, followLinks: false) is not { } stat)
        {
            return (0, 0);
        }

        return stat.IsDirectory ? OfFolder(path) : (stat.Length, 1);
    }

    private static (long Bytes, int Files) OfFolder(string path)
    {
        var (bytes, files) = (0L, 0);
        foreach (var file in Entries(path))
        {
            if (StatReader.Read(file, followLinks: false) is { IsDirectory: false } stat)
            {
                bytes += stat.Length;
                files++;
            }
        }

        return (bytes, files);
    }

    private static IEnumerable<string> Entries(string path)
    {
        using var entries = new FileSystemEnumerable<string>(path, (ref FileSystemEntry entry) => entry.ToFullPath(), Everything)
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        }.GetEnumerator();
        while (TryNext(entries))
        {
            yield return entries.Current;
        }
    }

    private static bool TryNext(IEnumerator<string> entries)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }
}
