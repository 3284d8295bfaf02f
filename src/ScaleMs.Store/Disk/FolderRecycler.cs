using System.Collections.Concurrent;
using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Disk;

/// <summary>Makes directories out of former ones; Linux only.</summary>
/// <remarks>
/// Making files and folders where others were removed lately is what costs most in a short step: ext4 without a journal looks at each inode
/// that was freed in the last minutes, 0.2 ms a file. Renaming costs a tenth of it. Thread-safe.
/// </remarks>
internal sealed class FolderRecycler
{
    private readonly ConcurrentDictionary<string, NewEntry> _new = new(StringComparer.Ordinal);

    /// <summary>See <see cref="IDisk.TryRecycle"/>.</summary>
    public IReadOnlyList<string>? TryRecycle(string former, string target, RecycleOrder order)
    {
        try
        {
            var parent = Path.GetDirectoryName(target)!;
            if (!_new.TryGetValue(parent, out var entry))
            {
                _new[parent] = entry = NewEntry.LookAt(TemporaryName.Beside(target));
            }

            var spares = new FormerFolder(former, order, entry).Empty();
            // Everything that was in it is gone or beside its folders by now: a kill leaves the new name with nothing but empty folders.
            return spares is not null && Renaming.TryName(former, target) ? [.. spares.Select(name => Path.Combine(target, name))] : null;
        }
        catch (Exception cause) when (cause is StoreException || DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }
}
