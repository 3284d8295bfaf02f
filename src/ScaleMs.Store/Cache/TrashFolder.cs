using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>Takes entries out of use in one step, so that they can be looked at once more before they go.</summary>
/// <param name="layout">The cache.</param>
/// <param name="boundaryNs">What was used since stays.</param>
internal sealed class TrashFolder(CacheLayout layout, long boundaryNs)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Moves an entry here, unless somebody used it since it was chosen.</summary>
    /// <param name="path">Its file.</param>
    /// <returns>Where it is now; null when it stays or is gone.</returns>
    public string? Take(string path) => Try(path, () =>
    {
        if (!IsUnused(path))
        {
            return null;
        }

        var taken = Path.Combine(layout.Trash, Guid.NewGuid().ToString("N"));
        Mover.Move(path, taken);
        if (IsUnused(taken))
        {
            return taken;
        }

        // Stamped between the look and the move: its client relies on it.
        PutBack(taken, path);
        return null;
    });

    /// <summary>Gives an entry its place again; if another took the place meanwhile, that one serves.</summary>
    public static void PutBack(string taken, string path)
    {
        if (!NewFile.TryName(taken, path))
        {
            File.Delete(taken);
        }
    }

    /// <summary>Deletes an entry for good.</summary>
    public void Delete(string taken) => Try(taken, () =>
    {
        File.Delete(taken);
        return taken;
    });

    /// <summary>Whether nobody has used an entry since.</summary>
    private bool IsUnused(string path) => StatReader.Read(path, followLinks: false) is { } stat && stat.ModifiedNs < boundaryNs;

    private string? Try(string path, Func<string?> action)
    {
        try
        {
            return action();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException)
        {
            _problems.Add(DiskErrors.Of("remove", path, cause).Message);
            return null;
        }
    }
}
