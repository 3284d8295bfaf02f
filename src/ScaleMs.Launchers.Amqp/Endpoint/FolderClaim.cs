using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>One process serves a folder: who leads what is in its memory, and records are put one at a time.</summary>
internal sealed class FolderClaim : IDisposable
{
    private const string LockName = ".serving";
    private const string HolderName = ".served-by";

    private readonly FileStream _lock;

    private FolderClaim(FileStream held) => _lock = held;

    /// <summary>Claims the folder; the claim ends with the process.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="address">Where it is served, for people.</param>
    /// <exception cref="StoreException">Another process serves it.</exception>
    internal static FolderClaim Of(string directory, string address)
    {
        var holder = Path.Combine(directory, HolderName);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause)
        {
            throw new StoreException($"'{directory}' cannot be served: {Who(holder)} serves it, and one process serves a folder; end that, or name another folder ({cause.Message})", cause);
        }

        File.WriteAllText(holder, $"process {Environment.ProcessId} on host '{Environment.MachineName}', at {address}\n");
        return new FolderClaim(held);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

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
