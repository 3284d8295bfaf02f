using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Locking;

namespace ScaleMs.Store.Blobs;

/// <summary>Keeps two processes apart for an instant: a writer that takes over a blob it found, and a collector that removes blobs beside it.</summary>
internal static class BlobGate
{
    /// <summary>Both hold it for some milliseconds. Who holds it longer is stopped in a debugger or by a signal.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Waits for the gate.</summary>
    /// <param name="path">The gate's file.</param>
    /// <exception cref="StoreException">Somebody holds it for a minute.</exception>
    public static IDisposable Enter(string path)
    {
        FileStream? gate = null;
        return SpinWait.SpinUntil(() => (gate = DiskErrors.Guard("lock", path, () => FileLock.TryTake(path))) is not null, Patience)
            ? gate!
            : throw new StoreException($"'{path}' is locked for a minute: end the 'scalems gc' that holds it, the lock goes away with it");
    }
}
