using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>The folder for one worker's attempts, locked while the worker lives; those of dead workers are swept, with the processes that they left.</summary>
internal sealed class AttemptsFolder : IDisposable
{
    private const string Prefix = "attempts-";
    private const string LockEnding = ".lock";

    private readonly FileStream _lock;

    internal AttemptsFolder(string directory, string worker, ILauncher launcher)
    {
        Path = System.IO.Path.Combine(directory, Prefix + worker);
        _lock = Lock(Path);
        SpreadFolder.Make(Path);
        foreach (var other in Directory.EnumerateDirectories(directory, Prefix + "*").Where(other => other != Path).ToList())
        {
            Sweep(other, launcher);
        }
    }

    internal string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Remove(Path);
        _lock.Dispose();
        File.Delete(Path + LockEnding);
    }

    private static void Sweep(string other, ILauncher launcher)
    {
        try
        {
            using var dead = Lock(other);
            launcher.Reap(other);
            Remove(other);
            File.Delete(other + LockEnding);
        }
        catch (IOException)
        {
            // Its worker lives.
        }
    }

    private static FileStream Lock(string path) => new(path + LockEnding, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // Somebody still writes there; the next worker sweeps it.
        }
    }
}
