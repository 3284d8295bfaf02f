using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Journal;

/// <summary>The segments that are there, in order of their epochs.</summary>
internal static class JournalFolder
{
    /// <summary>The name of every segment in the folder.</summary>
    /// <exception cref="StoreException">Two carry the same epoch.</exception>
    public static IReadOnlyList<SegmentName> Names(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var names = new List<SegmentName>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.log"))
        {
            if (SegmentName.TryParse(Path.GetFileName(path), out var name))
            {
                names.Add(name);
            }
        }

        names.Sort(static (one, other) => one.Epoch.CompareTo(other.Epoch));
        for (var i = 1; i < names.Count; i++)
        {
            if (names[i].Epoch == names[i - 1].Epoch)
            {
                throw GrantedTwice(folder, names[i - 1], names[i]);
            }
        }

        return names;
    }

    /// <summary>The segments that count, with their lengths: from the newest base on. What is before it is in it, and waits to be deleted.</summary>
    /// <exception cref="FileNotFoundException">A compaction deletes segments right now: list again.</exception>
    public static IReadOnlyList<SegmentFile> Active(string folder)
    {
        var names = Names(folder);
        var newestBase = NewestBaseOf(names);
        return [.. names.Where(name => name.Epoch >= newestBase).Select(name => new SegmentFile(name, LengthOf(folder, name)))];
    }

    /// <summary>The segments that a base stands for, left behind by a crash.</summary>
    public static IEnumerable<SegmentName> Obsolete(IReadOnlyList<SegmentName> names)
    {
        var newestBase = NewestBaseOf(names);
        return names.Where(name => name.Epoch < newestBase);
    }

    /// <summary>Deletes a segment that a base stands for, and what belongs to it.</summary>
    public static void TryDelete(string folder, SegmentName name)
    {
        TemporaryName.TryDelete(Path.Combine(folder, name.ToString()));
        TemporaryName.TryDelete(Path.Combine(folder, name + KeyTable.Extension));
    }

    public static StoreException GrantedTwice(string folder, SegmentName one, SegmentName other) => new(
        $"two processes wrote to the store at once, because the file system granted its lock twice: see '{one}' (host '{one.Host}') " +
        $"and '{other}' (host '{other.Host}') in '{folder}'. Stop every run in this workspace, move the segment you trust less out of " +
        "that folder (the steps it recorded run again), and put the store on a file system whose locks hold, or run from one host only");

    private static long LengthOf(string folder, SegmentName name) => new FileInfo(Path.Combine(folder, name.ToString())).Length;

    private static long NewestBaseOf(IReadOnlyList<SegmentName> names) => names.LastOrDefault(name => name.IsBase)?.Epoch ?? 0;
}
