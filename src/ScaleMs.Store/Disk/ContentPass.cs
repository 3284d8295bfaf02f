using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Disk;

/// <summary>One pass over a file's bytes that feeds the byte digest and every identity asked for, and may write a copy.</summary>
internal sealed class ContentPass : IDisposable
{
    private readonly IncrementalHash _bytes = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IContentDigester?[] _digesters;

    public ContentPass(IReadOnlyList<ContentIdentity> identities)
    {
        // An identity that is the byte digest costs nothing more.
        _digesters = [.. identities.Select(identity => identity.IsBytes ? null : identity.Start())];
    }

    /// <summary>Bytes seen so far.</summary>
    public long Length { get; private set; }

    /// <summary>Reads a file to its end; of a large one the next part is read while this one is hashed.</summary>
    /// <param name="source">The file.</param>
    /// <param name="copy">Takes the very bytes that were hashed; null for none.</param>
    public void Read(SafeFileHandle source, SafeFileHandle? copy = null)
    {
        using var parts = new ReadAhead(source, Length);
        for (var part = parts.Next(); part.Length > 0; part = parts.Next())
        {
            Take(part, copy);
        }
    }

    public (Digest Bytes, IReadOnlyList<Digest> Identities) Finish()
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        _bytes.GetHashAndReset(hash);
        var bytes = new Digest(hash);
        return (bytes, [.. _digesters.Select(digester => digester?.Finish() ?? bytes)]);
    }

    public void Dispose()
    {
        _bytes.Dispose();
        foreach (var digester in _digesters)
        {
            (digester as IDisposable)?.Dispose();
        }
    }

    private void Take(ReadOnlySpan<byte> bytes, SafeFileHandle? copy)
    {
        if (copy is not null)
        {
            RandomAccess.Write(copy, bytes, Length);
        }

        _bytes.AppendData(bytes);
        foreach (var digester in _digesters)
        {
            digester?.Append(bytes);
        }

        Length += bytes.Length;
    }
}
