using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Cache;

/// <summary>A workspace's store with a shared cache behind it, for a plan: it tells what could be taken from there and takes nothing.</summary>
public sealed class CachedReadingStore : IFileStore
{
    private readonly ReadingStore _own;
    private readonly SharedCache _cache;
    private readonly Dictionary<ActionKey, ActionResult> _found = [];

    /// <summary>Puts a cache behind a store.</summary>
    /// <param name="own">The workspace's store; disposed with this.</param>
    /// <param name="options">Which cache. It is opened when it is needed first, and nothing is added to it.</param>
    /// <param name="notice">Takes what the user should know, from any thread.</param>
    public CachedReadingStore(ReadingStore own, CacheOptions options, Action<string> notice)
    {
        ArgumentNullException.ThrowIfNull(options);
        _own = own;
        _cache = new SharedCache(options with { IsReadOnly = true }, notice);
    }

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public bool IsLookedUp => _own.IsLookedUp;

    /// <inheritdoc/>
    public string Directory => _own.Directory;

    /// <inheritdoc/>
    public StoreState State => _own.State;

    /// <inheritdoc/>
    public FoundResult FindResult(ActionKey key)
    {
        if (_own.State.Results.TryGetValue(key, out var own))
        {
            return new FoundResult(own, null);
        }

        if (!_found.TryGetValue(key, out var shared) && (shared = _cache.Find(key, _own.HasBlob)) is not null)
        {
            _found.Add(key, shared);
        }

        return shared is null ? default : new FoundResult(shared, _cache.Place);
    }

    /// <inheritdoc/>
    public bool HasBlob(Digest digest) => _own.HasBlob(digest);

    /// <inheritdoc/>
    public bool CanBring(Digest digest) => _own.HasBlob(digest) || _cache.Has(digest);

    /// <summary>A plan brings nothing.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>Whether the bytes are in the workspace's own store.</returns>
    public bool Bring(Digest digest) => _own.HasBlob(digest);

    /// <inheritdoc/>
    public string? PathToRead(Digest digest) => _own.HasBlob(digest) ? _own.BlobPath(digest) : _cache.PathOf(digest);

    /// <inheritdoc/>
    public string BlobPath(Digest digest) => _own.BlobPath(digest);

    /// <inheritdoc/>
    public void Commit(params ReadOnlySpan<StoreRecord> records) => _own.Commit(records);

    /// <inheritdoc/>
    public StoredBlob Put(string file, ContentIdentity? identity = null) => _own.Put(file, identity);

    /// <inheritdoc/>
    public void Sync() => _own.Sync();

    /// <summary>Closes the cache.</summary>
    public void Dispose()
    {
        _cache.Dispose();
        _own.Dispose();
    }
}
