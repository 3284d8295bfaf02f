using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Cache.Endpoint;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>A cache that never makes a run fail: what goes wrong there is told once, and the run goes on without it.</summary>
/// <remarks>Opened at the first question that only it can answer, so that a run with nothing to do does not touch it. Thread-safe.</remarks>
/// <param name="options">Which cache.</param>
/// <param name="notice">Takes what the user should know.</param>
internal sealed partial class SharedCache(CacheOptions options, Action<string> notice) : IDisposable
{
    private readonly Lock _gate = new();
    private ICacheSession? _session;
    private volatile bool _isClosed;
    private volatile bool _refusesOffers = options.IsReadOnly;

    public string Place => options.Place;

    /// <summary>Whether there is any sense in offering.</summary>
    public bool TakesOffers => !_refusesOffers && !_isClosed;

    public ActionResult? Find(ActionKey key, Func<Digest, bool> isOwn) => 
        Ask(session => session.Find(key, isOwn)) is { } found && (found.ImportedFrom is null || options.TakesImported) ? found : null;

    public bool Has(Digest digest) => Ask(session => session.Has(digest));

    public string? PathOf(Digest digest) => Ask(session => session.PathOf(digest));

    public bool Bring(Digest digest, FileStore own) => Ask(session => session.Bring(digest, own));

    public void Offer(ActionResult result, FileStore own)
    {
        try
        {
            if ((result.ImportedFrom is null || options.SharesImported) && Session() is { IsReadOnly: false } session && TakesOffers)
            {
                session.Offer(result, own);
            }
        }
        catch (Exception cause) when (IsTrouble(cause))
        {
            // What is there can still be taken.
            StopOffering(cause);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _session?.Dispose();
            _session = null;
        }
    }

    private static bool IsTrouble(Exception cause) => DiskErrors.IsDiskError(cause) || cause is StoreException;

    private T? Ask<T>(Func<ICacheSession, T> question)
    {
        try
        {
            return Session() is { } session ? question(session) : default;
        }
        catch (Exception cause) when (IsTrouble(cause))
        {
            LeaveFor(cause);
            return default;
        }
    }

    private ICacheSession? Session()
    {
        lock (_gate)
        {
            return _isClosed ? null : _session ??= options.IsEndpoint ? new EndpointSession(options, notice) : Open();
        }
    }

    private CacheSession? Open()
    {
        var layout = new CacheLayout(options.Place);
        var folders = new CacheFolders(layout);
        if (!CacheFormat.IsThere(layout))
        {
            if (options.IsReadOnly)
            {
                Leave($"there is no shared cache at '{options.Place}'");
                return null;
            }

            CacheFormat.Make(layout, folders);
        }

        var lease = options.IsReadOnly ? null : TryTakeLease(layout, folders);
        return new CacheSession(layout, folders, lease, lease is null ? null : new CacheLeads(layout, folders, options), notice);
    }

    // Writing the lease tells whether anything can be written.
    private CacheLease? TryTakeLease(CacheLayout layout, CacheFolders folders)
    {
        try
        {
            return CacheLease.Take(layout, folders, options);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            StopOffering(cause);
            return null;
        }
    }

    private void StopOffering(Exception cause)
    {
        if (cause is EndpointAwayException)
        {
            LeaveFor(cause);
            return;
        }

        lock (_gate)
        {
            if (!_refusesOffers)
            {
                _refusesOffers = true;
                notice($"{DiskErrors.Of("write to the shared cache", options.Place, cause).Message}; results are still taken from it, none are added");
            }
        }
    }

    private void LeaveFor(Exception cause) => Leave(DiskErrors.Of("use the shared cache", options.Place, cause).Message);

    private void Leave(string why)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                notice($"{why}; the run goes on without the cache");
            }
        }
    }
}
