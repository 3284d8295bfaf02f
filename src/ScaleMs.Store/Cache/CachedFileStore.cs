using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Cache;

/// <summary>A workspace's store with a shared cache behind it: what the store lacks comes from there, what is made goes there.</summary>
/// <remarks>
/// <para>
/// Nothing is used where it lies in the cache: a record is committed to the workspace's own journal together with the first step state that
/// relies on it (so a plan commits none), bytes are hashed on their way into its own blobs. The cache never makes a run fail: what goes wrong there is told once, and counts as missing.
/// </para>
/// <para>
/// Results that continued from a checkpoint, and draws of steps marked stochastic, are shared as the workspace itself relies on them: the
/// record says <see cref="ActionResult.IsContinued"/>, and what makes two draws differ (the seed) is in the key. Results that were
/// imported are shared and taken only where that is asked for. What runs always is never shared: another workspace's result says nothing of this one.
/// </para>
/// </remarks>
public sealed class CachedFileStore : IFileStore
{
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(2);

    private readonly FileStore _own;
    private readonly SharedCache _cache;
    private readonly OfferQueue _offers;
    private readonly Action<string> _notice;
    private readonly HashSet<ActionKey> _taken = [];
    private readonly Dictionary<ActionKey, ActionResult> _found = [];

    /// <summary>Puts a cache behind a store.</summary>
    /// <param name="own">The workspace's store; disposed with this.</param>
    /// <param name="options">Which cache. It is opened when it is needed first.</param>
    /// <param name="notice">Takes what the user should know, from any thread.</param>
    public CachedFileStore(FileStore own, CacheOptions options, Action<string> notice)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_own, _notice) = (own, notice);
        _cache = new SharedCache(options, notice);
        _offers = new OfferQueue(Offer);
        Leads = options.IsReadOnly ? null : _cache;
    }

    /// <inheritdoc/>
    public string Directory => _own.Directory;

    /// <inheritdoc/>
    public StoreState State => _own.State;

    /// <inheritdoc/>
    public ILeads? Leads { get; }

    /// <inheritdoc/>
    public FoundResult FindResult(ActionKey key)
    {
        if (_own.State.Results.TryGetValue(key, out var own))
        {
            return new FoundResult(own, _taken.Contains(key) ? _cache.Place : null);
        }

        if (!_found.TryGetValue(key, out var shared) && (shared = _cache.Find(key, _own.HasBlob)) is not null)
        {
            _found.Add(key, shared);
            _taken.Add(key);
        }

        return shared is null ? default : new FoundResult(shared, _cache.Place);
    }

    /// <inheritdoc/>
    /// <remarks>Results are offered to the cache once they are committed here, by another thread.</remarks>
    public void Commit(params ReadOnlySpan<StoreRecord> records)
    {
        var taken = _found.Count == 0 ? [] : ReliedOn(records);
        _own.Commit([.. taken, .. records]);
        foreach (var result in taken)
        {
            _found.Remove(result.Key);
        }

        foreach (var record in records)
        {
            if (record is ActionResult result)
            {
                Made(result);
            }
        }
    }

    /// <inheritdoc/>
    public void Sync() => _own.Sync();

    /// <inheritdoc/>
    public bool HasBlob(Digest digest) => _own.HasBlob(digest);

    /// <inheritdoc/>
    public bool CanBring(Digest digest) => _own.HasBlob(digest) || _cache.Has(digest);

    /// <inheritdoc/>
    public bool Bring(Digest digest) => _own.HasBlob(digest) || _cache.Bring(digest, _own);

    /// <inheritdoc/>
    public string BlobPath(Digest digest) => _own.BlobPath(digest);

    /// <inheritdoc/>
    public StoredBlob Put(string file, ContentIdentity? identity = null) => _own.Put(file, identity);

    /// <inheritdoc/>
    public StoredBlob Adopt(string file, ContentIdentity? identity = null) => _own.Adopt(file, identity);

    /// <inheritdoc/>
    public FileStat? Release(Digest digest, string target, bool executable) => _own.Release(digest, target, executable);

    /// <inheritdoc/>
    public void Drop(Digest digest) => _own.Drop(digest);

    /// <summary>Waits until what was made is in the cache, then closes both.</summary>
    public void Dispose()
    {
        if (!_offers.Drain(Unnoticed))
        {
            _notice($"{_offers.Open} results are still being copied to the shared cache '{_cache.Place}'");
        }

        _offers.Dispose();
        _cache.Dispose();
        _own.Dispose();
    }

    private List<ActionResult> ReliedOn(ReadOnlySpan<StoreRecord> records)
    {
        var taken = new List<ActionResult>();
        foreach (var record in records)
        {
            if (record is StepStateRecord state && _found.TryGetValue(state.Key, out var result) && !taken.Contains(result))
            {
                taken.Add(result);
            }
        }

        return taken;
    }

    private void Made(ActionResult result)
    {
        _taken.Remove(result.Key);
        _found.Remove(result.Key);
        if (_cache.TakesOffers && !result.Components.Any(component => component.Name == KeyEncoder.AlwaysComponent))
        {
            _offers.Add(result);
        }
        else
        {
            _cache.GiveUp(result.Key);
        }
    }

    // Who waits for it looks for the record as soon as nobody leads.
    private void Offer(ActionResult result)
    {
        _cache.Offer(result, _own);
        _cache.GiveUp(result.Key);
    }
}
