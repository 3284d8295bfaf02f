using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Tests.Keeping;

/// <summary>A store that tells when it took bytes and when it gave them up, so that a test can make two steps meet there.</summary>
internal sealed class WatchedStore(IFileStore store) : IFileStore
{
    /// <summary>Called before bytes are brought from elsewhere.</summary>
    public Action<Digest> Bringing { get; init; } = _ => { };

    /// <summary>Called before a file is taken, with its name.</summary>
    public Action<string> Taking { get; init; } = _ => { };

    /// <summary>Called when a file was taken, with its name.</summary>
    public Action<string> Taken { get; init; } = _ => { };

    /// <summary>Called when bytes were dropped or moved out.</summary>
    public Action GaveUp { get; init; } = () => { };

    public string Directory => store.Directory;

    public StoreState State => store.State;

    public ILeads? Leads => store.Leads;

    public void Commit(params ReadOnlySpan<StoreRecord> records) => store.Commit(records);

    public void Sync() => store.Sync();

    public FoundResult FindResult(ActionKey key) => store.FindResult(key);

    public bool CanBring(Digest digest) => store.CanBring(digest);

    public bool Bring(Digest digest)
    {
        Bringing(digest);
        return store.Bring(digest);
    }

    public bool HasBlob(Digest digest) => store.HasBlob(digest);

    public string BlobPath(Digest digest) => store.BlobPath(digest);

    public StoredBlob Put(string file, ContentIdentity? identity = null) => Watched(file, () => store.Put(file, identity));

    public StoredBlob Adopt(string file, ContentIdentity? identity = null) => Watched(file, () => store.Adopt(file, identity));

    public FileStat? Release(Digest digest, string target, bool executable)
    {
        var released = store.Release(digest, target, executable);
        GaveUp();
        return released;
    }

    public void Drop(Digest digest)
    {
        store.Drop(digest);
        GaveUp();
    }

    public void Dispose() => store.Dispose();

    private StoredBlob Watched(string file, Func<StoredBlob> take)
    {
        var name = Path.GetFileName(file);
        Taking(name);
        var blob = take();
        Taken(name);
        return blob;
    }
}
