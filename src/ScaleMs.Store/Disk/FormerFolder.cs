using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Disk;

/// <summary>Empties a directory for another use: takes every entry as it is found, and keeps only what cannot be told from new.</summary>
/// <param name="root">The directory, absolute.</param>
/// <param name="order">What it is to hold.</param>
/// <param name="likeNew">What new entries look like.</param>
internal sealed class FormerFolder(string root, RecycleOrder order, NewEntry likeNew)
{
    private readonly List<string> _found = [];
    private readonly List<string> _spares = [];

    /// <summary>Empties it.</summary>
    /// <returns>Names of files in it that may be copied over; null when the directory itself is not like new.</returns>
    public IReadOnlyList<string>? Empty()
    {
        if (!likeNew.IsLikeFolder(root, StatReader.Entry(root)))
        {
            return null;
        }

        Empty(root, string.Empty);
        foreach (var missing in order.Folders.Except(_found, StringComparer.Ordinal))
        {
            Directory.CreateDirectory(Path.Combine(root, missing));
        }

        return _spares;
    }

    private void Empty(string folder, string prefix)
    {
        foreach (var path in Directory.GetFileSystemEntries(folder))
        {
            // A name that is not UTF-8 leads nowhere: the refusal ends it all.
            var entry = StatReader.Entry(path);
            var name = prefix + Path.GetFileName(path);
            if (order.Folders.Contains(name) && likeNew.IsLikeFolder(path, entry))
            {
                _found.Add(name);
                Empty(path, name + "/");
            }
            else if (!IsEmptyFile(path, name, entry) && !TrySpare(path, name, entry))
            {
                TreeRemover.Remove(path);
            }
        }
    }

    private bool IsEmptyFile(string path, string name, in StatxBuffer entry) =>
        name == order.EmptyFile && entry.Length == 0 && likeNew.IsLikeFile(path, entry);

    private bool TrySpare(string path, string name, in StatxBuffer entry)
    {
        if (_spares.Count == order.MostSpares || name == order.EmptyFile || !likeNew.IsPlainFile(path, entry))
        {
            return false;
        }

        var aside = $"spare-{entry.Inode}";
        _spares.Add(aside);
        return name == aside || Renaming.TryReplace(path, Path.Combine(root, aside));
    }
}
