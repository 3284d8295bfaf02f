namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>Blobs in a directory that clients and workers see.</summary>
internal sealed class DirectoryBlobs(string directory) : IBlobPlace
{
    private readonly string _blobs = Path.Combine(directory, "sha256");

    /// <inheritdoc/>
    public Task<bool> HasAsync(string digest, long bytes, CancellationToken cancellation) =>
        Task.FromResult(new FileInfo(PlaceOf(digest)) is { Exists: true } file && file.Length == bytes);

    /// <inheritdoc/>
    /// <remarks>What is there by that name may be broken, and is then replaced by what is whole.</remarks>
    public async Task PutAsync(string digest, long bytes, string file, CancellationToken cancellation)
    {
        if (await HasAsync(digest, bytes, cancellation).ConfigureAwait(false))
        {
            return;
        }

        var place = PlaceOf(digest);
        await TroubleOf($"blob {BlobName.Brief(digest)} cannot be put into '{directory}'", async () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            await using var source = Open(file);
            await CheckedCopy.ToFileAsync(source, digest, bytes, place, cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task GetAsync(string digest, long bytes, string file, CancellationToken cancellation) =>
        TroubleOf($"blob {BlobName.Brief(digest)} cannot be had from '{directory}'", async () =>
        {
            await using var source = Open(PlaceOf(digest));
            await CheckedCopy.ToFileAsync(source, digest, bytes, file, cancellation).ConfigureAwait(false);
        });

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
