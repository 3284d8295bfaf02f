using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>One process serves a folder: who leads what is in its memory, and records are put one at a time.</summary>
internal sealed class FolderClaim : IDisposable
{
    private const string LockName = ".serving";
    private const string HolderName = ".served-by";

    /// <summary>What a lock is refused with that another has, on Linux, macOS and Windows.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _lock;

    private FolderClaim(FileStream held) => _lock = held;

    /// <summary>Claims the folder; the claim ends with the process.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="address">Where it is served, for people.</param>
    /// <exception cref="StoreException">Another process serves it, or it may not be written to.</exception>
    internal static FolderClaim Of(string directory, string address)
    {
        var holder = Path.Combine(directory, HolderName);
        var held = Lock(directory, holder);
        try
        {
            File.WriteAllText(holder, $"process {Environment.ProcessId} on host '{Environment.MachineName}', at {address}\n");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // A full disk keeps nobody from serving what is there, nor from removing what is old: only the name is not told.
        }

        return new FolderClaim(held);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string directory, string holder)
    {
        try
        {
            return new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"'{directory}' cannot be served: {(Held.Contains(cause.HResult) ? $"{Who(holder)} serves it, and one process serves a folder; end that, or name another folder" : cause.Message)}", cause);
        }
    }

    private static string Who(string holder)
    {
        try
        {
            return File.ReadAllText(holder).Trim();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
