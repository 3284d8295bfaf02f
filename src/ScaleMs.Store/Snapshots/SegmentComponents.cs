using ScaleMs.Core.Keys;
using ScaleMs.Core.Records;
using ScaleMs.Store.Database;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Snapshots;

/// <summary>The key components in one segment: looked up where it has a table of its records, else read once.</summary>
/// <param name="path">The segment.</param>
/// <param name="length">Its length when it was listed, which its table must be of.</param>
internal sealed class SegmentComponents(string path, long length)
{
    private Dictionary<ActionKey, IReadOnlyList<KeyComponent>>? _all;

    /// <summary>The components of a key; null when the segment holds no result under it.</summary>
    public IReadOnlyList<KeyComponent>? Of(ActionKey key) =>
        _all is null && KeyTableFile.TryFind(path, length, KeyTable.HashOf(key)) is { } offsets
            ? At(offsets, key)
            : (_all ??= ReadAll()).GetValueOrDefault(key);

    private IReadOnlyList<KeyComponent>? At(long[] offsets, ActionKey key)
    {
        foreach (var offset in offsets)
        {
            if (RecordLookup.RecordAt(path, offset) is ActionResult result && result.Key == key)
            {
                return result.Components;
            }
        }

        return null;
    }

    private Dictionary<ActionKey, IReadOnlyList<KeyComponent>> ReadAll()
    {
        var all = new Dictionary<ActionKey, IReadOnlyList<KeyComponent>>();
        SegmentReader.Read(
            path,
            0,
            entry =>
            {
                if (entry is JournalEntry.Fact { Record: ActionResult result })
                {
                    all[result.Key] = result.Components;
                }
            },
            length);
        return all;
    }
}
