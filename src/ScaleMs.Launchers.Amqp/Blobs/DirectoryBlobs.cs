namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>Blobs in a directory that clients and workers see.</summary>
internal sealed class DirectoryBlobs(string directory) : IBlobPlace
{
    /// <summary>The folder that holds all blobs.</summary>
    internal const string Top = "sha256";

    private readonly string _blobs = Path.Combine(directory, Top);

    /// <inheritdoc/>
    public Task<bool> HasAsync(string digest, long bytes, CancellationToken cancellation) => Task.FromResult(Find(digest) is { } file && file.Length == bytes);

    /// <inheritdoc/>
    /// <remarks>What is there by that name may be broken, and is then replaced by what is whole.</remarks>
    public async Task PutAsync(string digest, long bytes, string file, CancellationToken cancellation)
    {
        if (await HasAsync(digest, bytes, cancellation).ConfigureAwait(false))
        {
            return;
        }

        await using var source = Open(file);
        await PutAsync(digest, bytes, source, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts what a stream says; nothing is there under the name before it is whole and checked.</summary>
    internal Task PutAsync(string digest, long bytes, Stream source, CancellationToken cancellation)
    {
        var place = PlaceOf(digest);
        return TroubleOf($"blob {BlobName.Brief(digest)} cannot be put into '{directory}'", async () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            await CheckedCopy.ToFileAsync(source, digest, bytes, place, cancellation).ConfigureAwait(false);
        });
    }

    /// <inheritdoc/>
    public Task GetAsync(string digest, long bytes, string file, CancellationToken cancellation) =>
        TroubleOf($"blob {BlobName.Brief(digest)} cannot be had from '{directory}'", async () =>
        {
            Find(digest);
            await using var source = Open(PlaceOf(digest));
            await CheckedCopy.ToFileAsync(source, digest, bytes, file, cancellation).ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public Task ProveAsync(string name, CancellationToken cancellation) => TroubleOf($"'{directory}' cannot be written", async () =>
    {
        var file = Path.Combine(directory, name + ".new");
        await File.WriteAllTextAsync(file, name, cancellation).ConfigureAwait(false);
        File.Delete(file);
    });

    /// <summary>A blob that is there; this is a use of it.</summary>
    internal FileInfo? Find(string digest)
    {
        var file = new FileInfo(PlaceOf(digest));
        if (!file.Exists)
        {
            return null;
        }

        BlobUse.Note(file);
        return file;
    }

    internal string PlaceOf(string digest) => Path.Combine(_blobs, BlobName.Checked(digest)[..2], digest);

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static async Task TroubleOf(string what, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new BlobException($"{what}: {trouble.Message}", trouble);
        }
    }
}
