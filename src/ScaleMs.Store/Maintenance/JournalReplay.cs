using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Folds the front of a journal, to hold a snapshot of it against.</summary>
internal static class JournalReplay
{
    /// <summary>Folds segments up to the given lengths; null when they are no longer the journal's front.</summary>
    public static JournalContents? Front(StoreLayout layout, OpenOptions options, IReadOnlyList<SegmentFile> upTo)
    {
        try
        {
            var active = JournalFolder.Active(layout.Journal);
            var isFront = upTo.Count <= active.Count && upTo.Zip(active).All(pair => pair.First.Name == pair.Second.Name && pair.First.Length <= pair.Second.Length);
            return isFront ? Fold(layout, SegmentName.SafeBootId(options.BootId), upTo) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static JournalContents Fold(StoreLayout layout, string bootId, IReadOnlyList<SegmentFile> upTo)
    {
        var contents = new JournalContents();
        foreach (var segment in upTo)
        {
            var fold = new SegmentFold(contents);
            var reader = SegmentReader.Read(Path.Combine(layout.Journal, segment.Name.ToString()), 0, fold.Take, segment.Length);
            fold.Finish(segment.Name.BootId == bootId);
            contents.Damage.AddRange(reader.Damage);
            contents.TornTails += reader.HasTornTail ? 1 : 0;
            contents.Segments.Add(new SegmentFile(segment.Name, reader.End));
        }

        return contents;
    }
}
