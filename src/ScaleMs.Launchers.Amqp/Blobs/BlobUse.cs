namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>Remembers when a blob was used last: by its time of modification, which says nothing else of what never changes.</summary>
internal static class BlobUse
{
    /// <summary>A use that is noted is good for so long: not every look costs a write.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(10);

    internal static void Note(FileInfo blob)
    {
        try
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            if (now - blob.LastWriteTimeUtc > Grain)
            {
                blob.LastWriteTimeUtc = now;
            }
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // It is another user's, or was removed just now: whoever misses it has it sent again.
        }
    }
}
