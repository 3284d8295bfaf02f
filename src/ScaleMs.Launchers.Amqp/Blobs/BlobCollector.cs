using ScaleMs.Launchers.Amqp.Blobs;

namespace ScaleMs.Launchers.Amqp;

/// <summary>Removes blobs that nobody used for long. Clients and workers may be at work: who misses a blob has it sent again.</summary>
public static class BlobCollector
{
    private const string Unfinished = ".new";

    /// <summary>A file that is written for longer was left by a process that died.</summary>
    private static readonly TimeSpan LongestWriting = TimeSpan.FromDays(2);

    /// <summary>Removes what is beyond the limits.</summary>
    /// <param name="directory">The place of blobs.</param>
    /// <param name="limits">What may be kept.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static BlobCollected Collect(string directory, BlobLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var blobs = BlobsIn(directory, now).OrderBy(blob => blob.UsedAt).ToList();
        var (bytes, removed, removedBytes) = (blobs.Sum(blob => blob.Bytes), 0, 0L);
        foreach (var blob in blobs)
        {
            var age = now - blob.UsedAt;
            var isTooOld = age > (limits.MostAge < BlobLimits.Least ? BlobLimits.Least : limits.MostAge);
            var isTooMuch = bytes - removedBytes > limits.MostBytes && age > BlobLimits.Least;
            if ((isTooOld || isTooMuch) && TryRemove(blob))
            {
                removed++;
                removedBytes += blob.Bytes;
            }
        }

        return new BlobCollected(removed, removedBytes, blobs.Count - removed, bytes - removedBytes);
    }

    private static IEnumerable<Blob> BlobsIn(string directory, DateTime now)
    {
        var top = new DirectoryInfo(Path.Combine(directory, DirectoryBlobs.Top));
        foreach (var file in top.Exists ? top.EnumerateFiles("*", SearchOption.AllDirectories) : [])
        {
            if (BlobName.IsOne(file.Name))
            {
                yield return new Blob(file.FullName, file.Length, file.LastWriteTimeUtc);
            }
            else if (file.Name.EndsWith(Unfinished, StringComparison.Ordinal) && now - file.LastWriteTimeUtc > LongestWriting)
            {
                TryRemove(new Blob(file.FullName, file.Length, file.LastWriteTimeUtc));
            }
        }
    }

    /// <summary>Unless it was used since it was looked at.</summary>
    private static bool TryRemove(Blob blob)
    {
        try
        {
            if (File.GetLastWriteTimeUtc(blob.Path) != blob.UsedAt)
            {
                return false;
            }

            File.Delete(blob.Path);
            return true;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return false; // another user's
        }
    }

    private sealed record Blob(string Path, long Bytes, DateTime UsedAt);
}
