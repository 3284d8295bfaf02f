using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Secrets;

namespace ScaleMs.Engine.Secrets;

/// <summary>Looks for values of secrets in what an attempt left: in files, and in the names of files and folders.</summary>
internal sealed class SecretSearch(IDisk disk, SecretPatterns patterns)
{
    /// <summary>What .NET puts for a byte that is not UTF-8: such a name does not lead back to its file.</summary>
    private const char Unreadable = '\ufffd';

    /// <summary>Whether a name below a folder, or what a link there says, holds a value.</summary>
    public bool IsInNames(string folder) => disk.List(folder).Any(entry => IsNamedIn(entry) || (entry.Stat.IsDirectory && IsInNames(Path.Combine(folder, entry.Name))));

    /// <summary>Removes what holds a value; a folder that cannot be looked through, for a name that is not UTF-8, goes as a whole.</summary>
    public void RemoveFrom(string folder)
    {
        var entries = disk.List(folder);
        if (entries.Any(entry => entry.Name.Contains(Unreadable, StringComparison.Ordinal)))
        {
            disk.Delete(folder);
            return;
        }

        foreach (var entry in entries)
        {
            RemoveEntry(entry, Path.Combine(folder, entry.Name));
        }
    }

    private void RemoveEntry(DiskEntry entry, string place)
    {
        if (IsNamedIn(entry) || (entry.Stat.IsFile && disk.Holds(place, patterns)))
        {
            disk.Delete(place);
        }
        else if (entry.Stat.IsDirectory)
        {
            RemoveFrom(place);
        }
    }

    private bool IsNamedIn(DiskEntry entry) => IsIn(entry.Name) || (entry.Target is { } target && IsIn(target));

    private bool IsIn(string text) => patterns.AreIn(Encoding.UTF8.GetBytes(text));
}
