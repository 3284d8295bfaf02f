using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Journal;

/// <summary>The segments as this writer knows them; notices when somebody else writes too.</summary>
/// <remarks>
/// A cluster's file system may grant one lock twice. Each writer then makes a segment of its own, and the one whose segment is the
/// older finds a newer one that it did not make; two that were made at the same moment carry one epoch, which both find.
/// </remarks>
/// <param name="layout">The store.</param>
/// <param name="options">Who writes.</param>
/// <param name="found">The segments found when the store was opened.</param>
internal sealed class SegmentChain(StoreLayout layout, OpenOptions options, IEnumerable<SegmentName> found)
{
    private readonly HashSet<SegmentName> _known = [.. found];

    /// <summary>Makes a segment with the next epoch.</summary>
    /// <exception cref="StoreException">Somebody else wrote since the store was opened.</exception>
    public SegmentWriter Begin()
    {
        Check();
        return SegmentWriter.Create(layout.Journal, NextName(isBase: false));
    }

    /// <summary>A name with the next epoch, known from now on.</summary>
    public SegmentName NextName(bool isBase)
    {
        var name = SegmentName.Of(_known.Select(known => known.Epoch).DefaultIfEmpty().Max() + 1, options, isBase);
        _known.Add(name);
        return name;
    }

    /// <summary>Refuses to go on when there is a segment that this writer neither found at the start nor made.</summary>
    public void Check()
    {
        var newest = _known.OrderBy(name => name.Epoch).LastOrDefault();
        foreach (var name in DiskErrors.Guard("list", layout.Journal, () => JournalFolder.Names(layout.Journal)))
        {
            if (!_known.Contains(name))
            {
                throw JournalFolder.GrantedTwice(layout.Journal, newest ?? name, name);
            }
        }
    }
}
