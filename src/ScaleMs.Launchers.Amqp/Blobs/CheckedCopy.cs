using System.Buffers;
using System.Security.Cryptography;

namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>Copies bytes into a new file and checks on the way that they are what their digest says.</summary>
internal static class CheckedCopy
{
    private const int ChunkBytes = 128 * 1024;

    /// <summary>Copies through a temporary name beside the target, which appears whole or not at all.</summary>
    internal static async Task ToFileAsync(Stream source, string digest, long bytes, string target, CancellationToken cancellation)
    {
        var temporary = $"{target}.{Guid.NewGuid():N}.new";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                await CopyAsync(source, file, digest, bytes, cancellation).ConfigureAwait(false);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <exception cref="BlobException">There are more or fewer bytes, or others.</exception>
    internal static async Task CopyAsync(Stream source, Stream target, string digest, long bytes, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var copied = await CopyAsync(source, target, hash, bytes, cancellation).ConfigureAwait(false);
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (copied != bytes || found != digest)
        {
            throw new BlobException(copied == bytes
                ? $"blob {BlobName.Brief(digest)} has other bytes: their digest is {BlobName.Brief(found)}"
                : $"blob {BlobName.Brief(digest)} has {(copied > bytes ? "more than" : $"{copied} of")} the {bytes} bytes that were said");
        }
    }

    internal static async Task<(string Digest, long Bytes)> HashAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = await CopyAsync(file, Stream.Null, hash, long.MaxValue, cancellation).ConfigureAwait(false);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }

    /// <summary>Stops soon after the limit: a sender without an end fills no disk.</summary>
    private static async Task<long> CopyAsync(Stream source, Stream target, IncrementalHash hash, long most, CancellationToken cancellation)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            var copied = 0L;
            for (int count; copied <= most && (count = await source.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0; copied += count)
            {
                hash.AppendData(chunk, 0, count);
                await target.WriteAsync(chunk.AsMemory(0, count), cancellation).ConfigureAwait(false);
            }

            return copied;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
