using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>A worker's folder: a root for each attempt, programs that were shipped, copies of blobs. Only its owner may look inside.</summary>
internal sealed class WorkPlace : IDisposable
{
    /// <summary>The name of an attempt's log in its root.</summary>
    internal const string Log = "log";

    /// <summary>The block of most file systems, bytes.</summary>
    private const long FullBelow = 4096;

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _programs = new(StringComparer.Ordinal);
    private readonly AttemptsFolder _attempts;
    private readonly string _shipped;
    private readonly FileReceiver _receiver;
    private readonly FileReceiver _shipper;

    internal WorkPlace(FarmWorkerOptions options, string worker, IBlobPlace place)
    {
        Place = place;
        Cache = new BlobCache(Path.Combine(options.Directory, "blobs"), options.CacheBytes, place);
        _shipped = Path.Combine(options.Directory, "programs");
        _receiver = new FileReceiver(Cache.CopyAsync, options.MostFileBytes);
        _shipper = new FileReceiver(place.GetAsync, options.MostFileBytes);
        Make(options.Directory);
        _attempts = new AttemptsFolder(options.Directory, worker, options.Launcher);
        Make(_shipped);
    }

    internal IBlobPlace Place { get; }

    internal BlobCache Cache { get; }

    /// <summary>Whether no file there can grow any more: what fails then fails for that.</summary>
    internal bool IsFull => new DriveInfo(_shipped).AvailableFreeSpace < FullBelow;

    /// <summary>Makes the attempt's root with its inputs.</summary>
    internal async Task<string> StageAsync(ActionMessage message, CancellationToken cancellation)
    {
        var root = RootOf(message);
        Remove(message);
        Directory.CreateDirectory(Path.Combine(root, FileReceiver.PathOf(message.Directory).FileName));
        var entries = await _receiver.EntriesAsync(message.Inputs, root, cancellation).ConfigureAwait(false);
        await _receiver.BringAsync(root, entries, cancellation).ConfigureAwait(false);
        return root;
    }

    /// <summary>The folder with shipped programs, brought once and shared by all attempts.</summary>
    internal async Task<string> ProgramsAsync(ProgramsMessage programs, CancellationToken cancellation)
    {
        var coming = _programs.GetOrAdd(BlobName.Checked(programs.Digest), _ => new Lazy<Task<string>>(() => BringAsync(programs)));
        try
        {
            return await coming.Value.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is BlobException or IOException or UnauthorizedAccessException)
        {
            _programs.TryRemove(KeyValuePair.Create(programs.Digest, coming));
            throw;
        }
    }

    /// <summary>What an attempt prints.</summary>
    internal string LogOf(ActionMessage message) => Path.Combine(RootOf(message), Log);

    internal void Remove(ActionMessage message)
    {
        var root = RootOf(message);
        if (!Directory.Exists(root))
        {
            return;
        }

        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // A process that outlived its command still writes there: the name is never used again.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _attempts.Dispose();

    private async Task<string> BringAsync(ProgramsMessage programs)
    {
        var target = Path.Combine(_shipped, programs.Digest);
        if (Directory.Exists(target))
        {
            return target;
        }

        var coming = $"{target}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(coming);
        var entries = await _shipper.EntriesAsync(programs.Files, coming, CancellationToken.None).ConfigureAwait(false);
        if (Digest.Of(Wire.Bytes(entries)).Hex != programs.Digest)
        {
            throw new BlobException("the list of the programs' files is not what its digest says");
        }

        await _shipper.BringAsync(coming, entries, CancellationToken.None).ConfigureAwait(false);
        return Settle(coming, target);
    }

    private static string Settle(string coming, string target)
    {
        try
        {
            Directory.Move(coming, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Directory.Delete(coming, recursive: true); // another worker of this folder was first
        }

        return target;
    }

    private string RootOf(ActionMessage message) => Path.Combine(_attempts.Path, Guid.TryParseExact(message.Id, "N", out var id)
        ? id.ToString("N")
        : throw new BlobException("the attempt's id is none: 32 hexadecimal digits are"));

    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
