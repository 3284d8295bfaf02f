using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Database;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Snapshots;

/// <summary>Finds key components in the segments that an index stands for.</summary>
/// <remarks>
/// One or a few are looked up; after <see cref="FewLookups"/> the segments are read once for all of them, as after a new version of a tool,
/// when every step is to be explained. What is gone or damaged has no components, and its change is told without values. Thread-safe.
/// </remarks>
internal sealed class ComponentSource(StoreLayout layout)
{
    private const int FewLookups = 500;

    private readonly Lock _gate = new();
    private readonly RecordLookup _lookup = new(layout);
    private Dictionary<ActionKey, IReadOnlyList<KeyComponent>>? _all;
    private int _lookups;

    public IReadOnlyList<KeyComponent> Of(ActionKey key)
    {
        lock (_gate)
        {
            try
            {
                return ++_lookups <= FewLookups ? _lookup.FindResult(key)?.Components ?? [] : (_all ??= ReadAll()).GetValueOrDefault(key, []);
            }
            catch (StoreException)
            {
                // An explanation is no reason to fail.
                return [];
            }
        }
    }

    private Dictionary<ActionKey, IReadOnlyList<KeyComponent>> ReadAll()
    {
        var all = new Dictionary<ActionKey, IReadOnlyList<KeyComponent>>();
        foreach (var segment in JournalFolder.Active(layout.Journal))
        {
            SegmentReader.Read(Path.Combine(layout.Journal, segment.Name.ToString()), 0, entry =>
            {
                if (entry is JournalEntry.Fact { Record: ActionResult result })
                {
                    all[result.Key] = result.Components;
                }
            });
        }

        return all;
    }
}
