using System.Collections.Concurrent;

namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>A worker's own copies of blobs, up to a size; those that were used longest ago go first.</summary>
/// <remarks>Thread safe. A blob that is asked for by several actions at once is brought once.</remarks>
internal sealed class BlobCache(string directory, long mostBytes, IBlobPlace place)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _coming = new(StringComparer.Ordinal);
    private readonly Lock _trimming = new();
    private long _bytes = -1;

    internal long Hits;
    internal long Misses;

    /// <summary>Copies a blob to where it is used: a copy of its own, which a tool may write into.</summary>
    internal async Task CopyAsync(string digest, long bytes, string target, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            var cached = await BringAsync(digest, bytes, cancellation).ConfigureAwait(false);
            try
            {
                File.Copy(cached, target, overwrite: false);
                return;
            }
            catch (FileNotFoundException) when (tries < 3)
            {
                // It was trimmed just now.
            }
        }
    }

    /// <summary>Brings a blob into the cache.</summary>
    /// <returns>Where it is, for as long as nothing pushes it out.</returns>
    internal async Task<string> BringAsync(string digest, long bytes, CancellationToken cancellation)
    {
        var cached = Path.Combine(directory, BlobName.Checked(digest));
        if (new FileInfo(cached) is { Exists: true } file && file.Length == bytes)
        {
            Interlocked.Increment(ref Hits);
            Touch(file);
            return cached;
        }

        var mine = new Lazy<Task>(() => FetchAsync(digest, bytes, cached, CancellationToken.None));
        var coming = _coming.GetOrAdd(digest, mine);
        try
        {
            await coming.Value.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (coming.Value.IsCompleted)
            {
                _coming.TryRemove(KeyValuePair.Create(digest, coming));
            }
        }

        return cached;
    }

    private async Task FetchAsync(string digest, long bytes, string cached, CancellationToken cancellation)
    {
        Interlocked.Increment(ref Misses);
        Directory.CreateDirectory(directory);
        await place.GetAsync(digest, bytes, cached, cancellation).ConfigureAwait(false);
        lock (_trimming)
        {
            _bytes = _bytes < 0 ? Files().Sum(file => file.Length) : _bytes + bytes;
            if (_bytes > mostBytes)
            {
                Trim(cached);
            }
        }
    }

    private void Trim(string kept)
    {
        var files = Files().Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)).OrderBy(file => file.LastWriteTimeUtc).ToList();
        _bytes = files.Sum(file => file.Length);
        foreach (var (name, length, _) in files.Where(file => file.FullName != kept))
        {
            if (_bytes <= mostBytes)
            {
                return;
            }

            File.Delete(name);
            _bytes -= length;
        }
    }

    private static void Touch(FileInfo file)
    {
        try
        {
            file.LastWriteTimeUtc = TimeProvider.System.GetUtcNow().UtcDateTime;
        }
        catch (IOException)
        {
            // It was trimmed just now; then it is brought again.
        }
    }

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(directory).EnumerateFiles();
}
