using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>Removes the directories of attempts whose result is recorded: large ones at once, the others when the run has nothing better to do.</summary>
/// <remarks>
/// Making and removing directories at the same time costs a file system several times what either costs by itself. What a killed run did
/// not remove is gc's. For the run loop's thread.
/// </remarks>
internal sealed class RetiredAttempts(IDisk disk)
{
    /// <summary>Holding on to more would show on the disk.</summary>
    private const long SmallBytes = 1 << 20;

    private readonly List<string> _waiting = [];

    /// <summary>Takes a directory.</summary>
    /// <param name="directory">The attempt's directory, absolute.</param>
    /// <param name="bytes">About how much it holds.</param>
    public void Take(string directory, long bytes)
    {
        if (bytes > SmallBytes)
        {
            TryDelete(directory);
        }
        else
        {
            _waiting.Add(directory);
        }
    }

    /// <summary>Removes what waits. What cannot be removed stays for gc.</summary>
    public void RemoveAll()
    {
        foreach (var directory in _waiting)
        {
            TryDelete(directory);
        }

        _waiting.Clear();
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
