using ScaleMs.Core.Secrets;

namespace ScaleMs.Store.Disk;

/// <summary>Looks for patterns in files of any length.</summary>
internal static class FileSearch
{
    private const int ChunkBytes = 1 << 20;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>The regular files below a directory, links not followed.</summary>
    public static IReadOnlyList<string> FilesBelow(string directory) => DiskErrors.Guard("list", directory, () =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*", Everything).Where(path => StatReader.Read(path, followLinks: false) is { IsFile: true }).ToList() : []);

    /// <summary>Whether one of the patterns stands in a file, also where two chunks meet.</summary>
    public static bool Holds(string path, SecretPatterns patterns)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        var kept = 0;
        var chunk = new byte[ChunkBytes + patterns.Longest];
        long offset = 0;
        for (var count = RandomAccess.Read(file, chunk.AsSpan(kept), offset); count > 0; count = RandomAccess.Read(file, chunk.AsSpan(kept), offset))
        {
            offset += count;
            var whole = kept + count;
            if (patterns.AreIn(chunk.AsSpan(0, whole)))
            {
                return true;
            }

            kept = Math.Min(whole, Math.Max(0, patterns.Longest - 1));
            chunk.AsSpan(whole - kept, kept).CopyTo(chunk);
        }

        return false;
    }
}
