using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Snapshots;

/// <summary>Finds key components in the segments that an index stands for.</summary>
/// <remarks>
/// The segments are listed once: what is written after the index was read is not asked for here, so a run never reads its own growing segment again.
/// What is gone or damaged has no components, and its change is told without values. Thread-safe.
/// </remarks>
internal sealed class ComponentSource(StoreLayout layout) : IComponentSource
{
    private readonly Lock _gate = new();
    private List<SegmentComponents>? _newestFirst;

    public IReadOnlyList<KeyComponent> Of(ActionKey key)
    {
        lock (_gate)
        {
            return TryFind(key) ?? TryFind(key) ?? [];
        }
    }

    /// <summary>Null when the list has to be made again: a compaction deleted a segment, and its base is there now.</summary>
    private IReadOnlyList<KeyComponent>? TryFind(ActionKey key)
    {
        try
        {
            return Find(key);
        }
        catch (FileNotFoundException)
        {
            _newestFirst = null;
            return null;
        }
        catch (Exception cause) when (cause is StoreException || DiskErrors.IsDiskError(cause))
        {
            // An explanation is no reason to fail.
            return [];
        }
    }

    private IReadOnlyList<KeyComponent> Find(ActionKey key)
    {
        foreach (var segment in _newestFirst ??= List())
        {
            if (segment.Of(key) is { } components)
            {
                return components;
            }
        }

        return [];
    }

    private List<SegmentComponents> List() =>
        [.. JournalFolder.Active(layout.Journal).Reverse().Select(segment => new SegmentComponents(Path.Combine(layout.Journal, segment.Name.ToString()), segment.Length))];
}
