using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Testing;

/// <summary>A store as one life of a host sees it. A crash may come between two records of one commit, as in a journal that is torn.</summary>
internal sealed class HostedStore(IFileStore store, HostLife life) : IFileStore
{
    public string Directory => store.Directory;

    public StoreState State => store.State;

    public void Commit(params ReadOnlySpan<StoreRecord> records)
    {
        foreach (var record in records)
        {
            life.BeforeChange();
            store.Commit(record);
        }
    }

    public void Sync()
    {
        life.BeforeRead();
        store.Sync();
    }

    public bool HasBlob(Digest digest)
    {
        life.BeforeRead();
        return store.HasBlob(digest);
    }

    public string BlobPath(Digest digest) => store.BlobPath(digest);

    public StoredBlob Put(string file, ContentIdentity? identity = null)
    {
        life.BeforeChange();
        return store.Put(file, identity);
    }

    public StoredBlob Adopt(string file, ContentIdentity? identity = null)
    {
        life.BeforeChange();
        return store.Adopt(file, identity);
    }

    public FileStat? Release(Digest digest, string target, bool executable)
    {
        life.BeforeChange();
        return store.Release(digest, target, executable);
    }

    public void Drop(Digest digest)
    {
        life.BeforeChange();
        store.Drop(digest);
    }

    public void Dispose() => store.Dispose();
}
