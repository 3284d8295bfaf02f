using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Blobs;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>An opened cache: finds records, brings bytes, takes offers. Refusals of the disk come out as exceptions.</summary>
/// <remarks>Thread-safe. Everything it believes of the cache it has just looked at; nothing is kept but what turned out to be wrong.</remarks>
/// <param name="layout">The cache.</param>
/// <param name="folders">Makes folders in it.</param>
/// <param name="lease">This client's lease; null when nothing is to be written.</param>
/// <param name="leads">Who makes what; null when nothing is to be written.</param>
/// <param name="notice">Takes what the user should know.</param>
internal sealed class CacheSession(CacheLayout layout, CacheFolders folders, CacheLease? lease, CacheLeads? leads, Action<string> notice) : ICacheSession
{
    private readonly ConcurrentDictionary<Digest, bool> _wrong = [];
    private readonly ConcurrentDictionary<ActionKey, bool> _damaged = [];

    public bool IsReadOnly => lease is null;

    public ILeads? Leads => leads;

    /// <summary>The record of a key, if all the bytes it names can be had.</summary>
    public ActionResult? Find(ActionKey key, Func<Digest, bool> isOwn)
    {
        var path = layout.Record(key);
        var (result, damage) = RecordFile.Read(path);
        if (damage is not null && _damaged.TryAdd(key, true))
        {
            notice($"a record in the shared cache counts as missing: '{path}': {damage}");
        }

        return result is not null && result.Outputs.All(output => Has(output.Bytes, output.Length) || isOwn(output.Bytes)) && Keep(path, result) ? result : null;
    }

    /// <summary>Whether bytes seem to be there; only bringing them tells.</summary>
    public bool Has(Digest digest) => Has(digest, null);

    /// <summary>Where bytes seem to be; whoever reads them checks them.</summary>
    public string? PathOf(Digest digest) => Has(digest) ? layout.Blob(digest) : null;

    /// <summary>Copies bytes into the workspace's store, hashing them on the way.</summary>
    public bool Bring(Digest digest, FileStore own)
    {
        if (!Has(digest))
        {
            return false;
        }

        var path = layout.Blob(digest);
        var before = StatReader.Read(path, followLinks: false);
        try
        {
            if (own.TryTake(path, digest))
            {
                return true;
            }
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException || cause.HResult == Errno.Stale)
        {
            // Collected meanwhile: its producer runs.
            return false;
        }

        MoveAside(digest, before);
        return false;
    }

    /// <summary>Takes a result, unless the cache has one for its key or its bytes are not at hand.</summary>
    public void Offer(ActionResult result, FileStore own)
    {
        var path = layout.Record(result.Key);
        var (former, damage) = RecordFile.Read(path);
        // What was imported gives way to what was made.
        var isBetter = former?.ImportedFrom is not null && result.ImportedFrom is null;
        if (former is not null && !isBetter && former.Outputs.All(output => Has(output.Bytes, output.Length)))
        {
            Keep(path, former);
            return;
        }

        if (!result.Outputs.All(output => Offer(output.Bytes, output.Length, own)))
        {
            return;
        }

        if (!result.Log.IsNone)
        {
            Offer(result.Log, null, own);
        }

        folders.Ensure(Path.GetDirectoryName(path)!);
        Place(path, RecordFile.Write(result), isFirst: former is null && damage is null);
    }

    public void Dispose()
    {
        leads?.Dispose();
        lease?.Dispose();
    }

    private bool Has(Digest digest, long? length) =>
        !digest.IsNone && !_wrong.ContainsKey(digest) && StatReader.Read(layout.Blob(digest), followLinks: false) is { IsFile: true } stat && stat.Length == (length ?? stat.Length);

    // A record that is damaged, or whose bytes are gone, serves nobody: only such a one is replaced, and one that nobody verified.
    private void Place(string path, byte[] content, bool isFirst)
    {
        if (isFirst)
        {
            NewFile.Add(layout, path, content, FileCopier.ReadOnly);
        }
        else
        {
            NewFile.Replace(layout, path, content, FileCopier.ReadOnly);
        }
    }

    /// <summary>Marks a record as used; another user's is written anew with the same content, for only its owner may stamp it.</summary>
    private bool Keep(string path, ActionResult result)
    {
        var touched = lease?.Keep(path) ?? Touched.Done;
        if (touched != Touched.Refused)
        {
            return touched == Touched.Done;
        }

        try
        {
            NewFile.Replace(layout, path, RecordFile.Write(result), FileCopier.ReadOnly);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            // It may be collected under us then, and what is missing is made again.
        }

        return true;
    }

    private bool Offer(Digest digest, long? length, FileStore own)
    {
        var target = layout.Blob(digest);
        if (Has(digest, length) && lease!.Keep(target) != Touched.Gone)
        {
            return true;
        }

        if (!own.HasBlob(digest))
        {
            return false;
        }

        var incoming = layout.NewIncoming();
        try
        {
            // Hashed while copied: if somebody is writing to our own blob this very moment, others shall not get that.
            return BlobStore.Take(own.BlobPath(digest), incoming, Core.Identity.ContentIdentity.Bytes).Bytes == digest && Place(incoming, target, digest);
        }
        catch (FileNotFoundException) when (!own.HasBlob(digest))
        {
            // Dropped or moved to its published place meanwhile, as its output's declaration asks.
            return false;
        }
        finally
        {
            TemporaryName.TryDelete(incoming);
        }
    }

    // Over whatever stands there: these bytes were just hashed, those were not.
    private bool Place(string incoming, string target, Digest digest)
    {
        Durably.File(incoming);
        folders.Ensure(Path.GetDirectoryName(target)!);
        File.Move(incoming, target, overwrite: true);
        _wrong.TryRemove(digest, out _);
        return true;
    }

    private void MoveAside(Digest digest, FileStat? seen)
    {
        _wrong[digest] = true;
        var path = layout.Blob(digest);
        notice($"a file in the shared cache does not hold the bytes of its name and counts as missing: '{path}'");
        if (IsReadOnly || StatReader.Read(path, followLinks: false) != seen)
        {
            return;
        }

        try
        {
            folders.Ensure(layout.Damaged);
            Mover.Move(path, Path.Combine(layout.Damaged, $"{digest.Hex}-{Guid.NewGuid():N}"));
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            // Others will find out for themselves.
        }
    }
}
