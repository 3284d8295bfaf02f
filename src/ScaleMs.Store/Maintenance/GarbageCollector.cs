using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Locking;

namespace ScaleMs.Store.Maintenance;

/// <summary>Removes what is no longer wanted. Records outlive bytes: a step whose bytes are gone runs again when they are demanded.</summary>
/// <remarks>
/// With the store's lock it decides freely. Beside a run it removes only what that run cannot rely on, see <see cref="CollectionBesideRun"/>.
/// Every removal is one deletion, and each by itself leaves a whole store: killed at any instant, it has only done less. Any number of
/// collectors may work at once.
/// </remarks>
public static class GarbageCollector
{
    /// <summary>Collects, or tells what would go.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="request">What may go.</param>
    /// <param name="options">Where the store is, and who asks; null for the usual place and this process.</param>
    /// <returns>What went.</returns>
    /// <exception cref="StoreMissingException">There is no store.</exception>
    /// <exception cref="StoreException">Its format is newer, or it cannot be read.</exception>
    public static GcReport Collect(string workspace, GcRequest request, OpenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        options ??= new OpenOptions();
        var layout = StorePlace.Of(workspace, options);
        return DiskErrors.Guard("collect in the store", layout.Root, () => request.IsPreview ? Preview(layout, request, options) : Collect(layout, request, options));
    }

    private static GcReport Preview(StoreLayout layout, GcRequest request, OpenOptions options)
    {
        var owner = RunningOwner.Find(layout, options);
        var items = owner is null
            ? GcPlan.Of(layout, JournalLoader.Load(layout, options.BootId), request, options.Clock.GetUtcNow())
            : new CollectionBesideRun(layout, options).Plan(request);
        return Report(layout, request, items, owner?.ToString());
    }

    private static GcReport Collect(StoreLayout layout, GcRequest request, OpenOptions options)
    {
        var owner = Owner.TryRead(layout);
        try
        {
            using var taken = StoreLock.Take(layout, options);
            return CollectAlone(layout, request, options);
        }
        catch (StoreInUseException)
        {
            var (items, refused) = new CollectionBesideRun(layout, options).Run(request);
            return Report(layout, request, items, (Owner.TryRead(layout) ?? owner)?.ToString() ?? "another process") with { Refused = refused };
        }
    }

    private static GcReport CollectAlone(StoreLayout layout, GcRequest request, OpenOptions options)
    {
        var now = options.Clock.GetUtcNow();
        var contents = JournalLoader.Load(layout, options.BootId);
        var dropped = request.Records ? RecordPruning.Run(layout, options, ref contents, request, now) : 0;
        var removal = new Removal(layout);
        var items = GcPlan.Of(layout, contents, request, now).Where(removal.TryRemove).ToList();
        return Report(layout, request, items, null) with { DroppedRecords = dropped, Refused = removal.Refused };
    }

    private static GcReport Report(StoreLayout layout, GcRequest request, IReadOnlyList<GcItem> items, string? owner) => new()
    {
        Store = layout.Root,
        IsPreview = request.IsPreview,
        Items = items,
        Beside = owner,
        IsPartial = owner is not null && request.NeedsLock,
    };
}
