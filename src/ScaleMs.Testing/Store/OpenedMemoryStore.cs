using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Testing;

/// <summary>A <see cref="MemoryStore"/> as one run has it open.</summary>
internal sealed class OpenedMemoryStore(MemoryStore store, StoreState state) : IFileStore
{
    public string Directory => store.Directory;

    public StoreState State => state;

    public void Commit(params ReadOnlySpan<StoreRecord> records)
    {
        foreach (var record in records)
        {
            store.Commit(record);
            state.Apply(record);
        }
    }

    public void Sync()
    {
        // Memory is as durable as it gets: a crash of the simulated host keeps all of it.
    }

    public bool HasBlob(Digest digest) => store.HasBlob(digest);

    public string BlobPath(Digest digest) => store.BlobPath(digest);

    public StoredBlob Put(string file, ContentIdentity? identity = null) => store.Put(file, identity);

    public StoredBlob Adopt(string file, ContentIdentity? identity = null) => store.Adopt(file, identity);

    public FileStat? Release(Digest digest, string target, bool executable) => store.Release(digest, target, executable);

    public void Drop(Digest digest) => store.Drop(digest);

    public void Dispose()
    {
        // The records outlive the run.
    }
}
