using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Cache;

/// <summary>An opened cache, wherever it is: finds records, brings bytes, takes offers. What is refused comes out as an exception.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface ICacheSession : IDisposable
{
    /// <summary>Whether nothing is to be written.</summary>
    bool IsReadOnly { get; }

    /// <summary>Who makes what; null when nothing is to be written.</summary>
    ILeads? Leads { get; }

    /// <summary>The record of a key, if all the bytes it names can be had.</summary>
    ActionResult? Find(ActionKey key, Func<Digest, bool> isOwn);

    /// <summary>Whether bytes seem to be there; only bringing them tells.</summary>
    bool Has(Digest digest);

    /// <summary>Where bytes seem to be; whoever reads them checks them.</summary>
    string? PathOf(Digest digest);

    /// <summary>Copies bytes into the workspace's store, hashing them on the way.</summary>
    bool Bring(Digest digest, FileStore own);

    /// <summary>Takes a result, unless the cache has one for its key or its bytes are not at hand.</summary>
    void Offer(ActionResult result, FileStore own);
}
