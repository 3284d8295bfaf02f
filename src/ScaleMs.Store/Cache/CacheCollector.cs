using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>Removes what a shared cache is to keep no longer, beside clients that use it.</summary>
/// <remarks>
/// Nothing goes that was used since the oldest live client came, or within the grace period. An entry is moved to the trash, looked at
/// again, and only then deleted: a client that marks it in between gets it back or finds it missing, and makes it again. Blobs go when
/// no record names them, also after a second look.
/// </remarks>
public sealed class CacheCollector
{
    private readonly CacheOptions _options;
    private readonly CacheLayout _layout;
    private readonly CacheFolders _folders;
    private readonly CacheSurvey _survey;

    /// <summary>A collector for a cache.</summary>
    /// <param name="options">Which cache, and who collects.</param>
    public CacheCollector(CacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _layout = new CacheLayout(options.Place);
        _folders = new CacheFolders(_layout);
        _survey = new CacheSurvey(_layout);
    }

    /// <summary>Tells what a collection would remove. Changes nothing.</summary>
    /// <param name="limits">What is to stay.</param>
    /// <returns>What would go.</returns>
    /// <exception cref="StoreException">There is no cache, it has a newer format, or the disk refused.</exception>
    public CacheSweep Preview(CacheLimits limits) => Guarded(() =>
    {
        ArgumentNullException.ThrowIfNull(limits);
        var horizon = Horizon(limits, TimeWithoutWriting(), removesDead: false);
        var plan = Plan(limits, horizon);
        return Report(plan, horizon, [.. plan.Records], [.. plan.Blobs]);
    });

    /// <summary>Collects.</summary>
    /// <param name="limits">What is to stay.</param>
    /// <returns>What went.</returns>
    /// <exception cref="StoreException">There is no cache, it has a newer format, another collection is at work, or the disk refused.</exception>
    public CacheSweep Collect(CacheLimits limits) => Guarded(() =>
    {
        ArgumentNullException.ThrowIfNull(limits);
        _folders.Ensure(_layout.Incoming);
        _folders.Ensure(_layout.Trash);
        using var turn = CollectorTurn.Take(_layout);
        var horizon = Horizon(limits, ServerClock.Now(_layout), removesDead: true);
        var plan = Plan(limits, horizon);
        var trash = new TrashFolder(_layout, horizon.BoundaryNs);
        var records = plan.Records.Where(record => Remove(record, trash)).ToList();
        var blobs = RemoveBlobs(trash);
        Leftovers.Remove(_layout, trash, horizon.NowNs, horizon.BoundaryNs);
        return Report(plan, horizon, records, blobs) with { Problems = trash.Problems };
    });

    private static bool Remove(SurveyedRecord record, TrashFolder trash)
    {
        if (trash.Take(record.Path) is not { } taken)
        {
            return false;
        }

        trash.Delete(taken);
        return true;
    }

    // Records that came meanwhile are looked for twice: before a blob goes to the trash, and before it leaves it.
    private List<SurveyedBlob> RemoveBlobs(TrashFolder trash)
    {
        var named = _survey.Named();
        var taken = new List<(Digest Digest, SurveyedBlob Blob, string Trashed)>();
        foreach (var (digest, blob) in _survey.Blobs().Where(blob => !named.Contains(blob.Key)))
        {
            if (trash.Take(blob.Path) is { } trashed)
            {
                taken.Add((digest, blob, trashed));
            }
        }

        return taken.Count == 0 ? [] : DeleteUnnamed(taken, _survey.Named(), trash);
    }

    private static List<SurveyedBlob> DeleteUnnamed(List<(Digest Digest, SurveyedBlob Blob, string Trashed)> taken, HashSet<Digest> named, TrashFolder trash)
    {
        foreach (var (digest, blob, trashed) in taken)
        {
            if (named.Contains(digest))
            {
                TrashFolder.PutBack(trashed, blob.Path);
            }
            else
            {
                trash.Delete(trashed);
            }
        }

        return [.. taken.Where(entry => !named.Contains(entry.Digest)).Select(entry => entry.Blob)];
    }

    private SweepPlan Plan(CacheLimits limits, in SweepHorizon horizon) => new(_survey.Records(), _survey.Blobs(), limits, horizon.NowNs, horizon.BoundaryNs);

    // The time first: a client whose lease is not seen after it marks all that it relies on with a later one.
    private SweepHorizon Horizon(CacheLimits limits, long nowNs, bool removesDead)
    {
        var (oldest, count) = new LeaseFolder(_layout, _options).Live(nowNs, removesDead);
        return new SweepHorizon(nowNs, Math.Min(nowNs - Nanoseconds.Of(limits.Grace), oldest ?? long.MaxValue), count);
    }

    private long TimeWithoutWriting() => Nanoseconds.Of(_options.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch);

    private static CacheSweep Report(SweepPlan plan, in SweepHorizon horizon, List<SurveyedRecord> records, List<SurveyedBlob> blobs)
    {
        var gone = records.Select(record => record.Key).ToHashSet();
        var bytes = records.Sum(record => record.Stat.Length) + blobs.Sum(blob => blob.Stat.Length);
        return new CacheSweep
        {
            Results = [.. plan.Results.Where(result => gone.Contains(result.Key))],
            DamagedRecords = records.Count(record => record.IsDamaged),
            Blobs = blobs.Count,
            Bytes = bytes,
            BytesLeft = plan.BytesBefore - bytes,
            LiveClients = horizon.LiveClients,
            Boundary = Nanoseconds.ToTime(horizon.BoundaryNs),
        };
    }

    private CacheSweep Guarded(Func<CacheSweep> action) => DiskErrors.Guard("collect in the shared cache", _layout.Root, () =>
        CacheFormat.IsThere(_layout) ? action() : throw new StoreException($"there is no shared cache at '{_layout.Root}'"));

    /// <summary>The times that a collection goes by.</summary>
    private readonly record struct SweepHorizon(long NowNs, long BoundaryNs, int LiveClients);
}
