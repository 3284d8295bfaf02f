using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Testing;

/// <summary>A file store in memory: a list of records, and blobs on a <see cref="MemoryDisk"/>. It outlives the runs that use it.</summary>
/// <remarks>What was committed when a host crashed stays, what was not is gone. A blob that was edited is not served.</remarks>
/// <param name="disk">Holds the blobs.</param>
/// <param name="directory">The store's directory, absolute.</param>
public sealed class MemoryStore(MemoryDisk disk, string directory)
{
    private readonly Lock _lock = new();
    private readonly List<StoreRecord> _journal = [];
    private readonly Dictionary<Digest, FileStat> _ledger = [];

    /// <summary>Every record committed so far, oldest first.</summary>
    public IReadOnlyList<StoreRecord> Journal => _journal;

    /// <summary>The store's directory, absolute.</summary>
    public string Directory { get; } = directory;

    /// <summary>Says for which records there is no room, so that committing them fails; null for none.</summary>
    public Predicate<StoreRecord>? Refuses { get; set; }

    /// <summary>Opens it for one run: the records are folded anew.</summary>
    /// <returns>The store as the engine sees it; disposing of it does nothing.</returns>
    public IFileStore Open()
    {
        disk.CreateDirectory(Directory);
        var state = new StoreState();
        _journal.ForEach(state.Apply);
        return new OpenedMemoryStore(this, state);
    }

    /// <summary>Whether the bytes of a digest are there, unchanged.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>False also when the blob was edited.</returns>
    public bool HasBlob(Digest digest)
    {
        lock (_lock)
        {
            return disk.Stat(BlobPath(digest)) is { IsFile: true } stat &&
                ((_ledger.TryGetValue(digest, out var known) && known == stat) || disk.Hash(BlobPath(digest), []).Bytes == digest);
        }
    }

    /// <summary>Where a blob is, or would be.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>An absolute path.</returns>
    public string BlobPath(Digest digest) => $"{Directory}/blobs/sha256/{digest.Hex[..2]}/{digest.Hex[2..]}";

    internal void Commit(StoreRecord record)
    {
        if (Refuses?.Invoke(record) == true)
        {
            throw new StoreException($"'{Directory}' has no room for a record");
        }

        _journal.Add(record);
    }

    internal StoredBlob Adopt(string file, ContentIdentity? identity)
    {
        var blob = Put(file, identity);
        disk.Delete(file);
        return blob;
    }

    internal FileStat? Release(Digest digest, string target, bool executable)
    {
        if (!HasBlob(digest))
        {
            return null;
        }

        lock (_lock)
        {
            disk.Replace(BlobPath(digest), target, executable);
            _ledger.Remove(digest);
            return disk.Stat(target, followLinks: false);
        }
    }

    internal void Drop(Digest digest)
    {
        lock (_lock)
        {
            disk.Delete(BlobPath(digest));
            _ledger.Remove(digest);
        }
    }

    internal StoredBlob Put(string file, ContentIdentity? identity)
    {
        var (bytes, identities) = disk.Hash(file, identity is null ? [] : [identity]);
        if (!HasBlob(bytes))
        {
            lock (_lock)
            {
                disk.Copy(file, BlobPath(bytes), executable: false);
                _ledger[bytes] = disk.Stat(BlobPath(bytes))!.Value;
            }
        }

        return new StoredBlob(bytes, disk.Stat(file)!.Value.Length, identity is null ? bytes : identities[0]);
    }
}
