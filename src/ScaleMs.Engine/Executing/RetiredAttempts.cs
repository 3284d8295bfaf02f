using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>
/// The directories of attempts whose result is recorded: large ones are removed at once, small ones become those of later attempts where
/// nobody can write to them any more, and the others are removed when the run has nothing better to do.
/// </summary>
/// <remarks>
/// Making and removing directories at the same time costs a file system several times what either costs by itself. What a killed run did
/// not remove is gc's. Thread-safe.
/// </remarks>
internal sealed class RetiredAttempts(IDisk disk)
{
    /// <summary>Holding on to more would show on the disk.</summary>
    private const long SmallBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly List<string> _waiting = [];
    private readonly List<string> _reusable = [];

    /// <summary>Takes a directory.</summary>
    /// <param name="directory">The attempt's directory, absolute.</param>
    /// <param name="bytes">About how much it holds.</param>
    /// <param name="isReusable">Whether nobody can have anything in it open any more.</param>
    public void Take(string directory, long bytes, bool isReusable)
    {
        if (bytes > SmallBytes)
        {
            TryDelete(directory);
            return;
        }

        lock (_gate)
        {
            (isReusable ? _reusable : _waiting).Add(directory);
        }
    }

    /// <summary>Gives a private directory its name, and makes it out of a former one where that can be done.</summary>
    /// <param name="directory">The new attempt's directory, absolute; its intent is committed.</param>
    /// <param name="order">What it is to hold.</param>
    /// <returns>Files in it that copies may be made of; null when it still has to be made.</returns>
    public IReadOnlyList<string>? TryReuse(string directory, RecycleOrder order)
    {
        if (Next() is not { } former)
        {
            return null;
        }

        var spares = disk.TryRecycle(former, directory, order);
        if (spares is null)
        {
            Take(former, 0, isReusable: false);
        }

        return spares;
    }

    /// <summary>Removes what waits. What cannot be removed stays for gc.</summary>
    public void RemoveAll()
    {
        foreach (var directory in _waiting.Concat(_reusable))
        {
            TryDelete(directory);
        }

        _waiting.Clear();
        _reusable.Clear();
    }

    private string? Next()
    {
        lock (_gate)
        {
            var newest = _reusable.LastOrDefault();
            if (newest is not null)
            {
                _reusable.RemoveAt(_reusable.Count - 1);
            }

            return newest;
        }
    }

    private void TryDelete(string directory)
    {
        try
        {
            disk.Delete(directory);
        }
        catch (StoreException)
        {
            // The results are recorded: a directory that stays is no reason to fail.
        }
    }
}
