using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Journal;

/// <summary>Loads a store's records: the index, then what the journal has beyond it; everything from the journal when the index does not fit.</summary>
internal static class JournalLoader
{
    private const int Tries = 20;

    /// <summary>Loads without a lock: a compaction meanwhile deletes segments that were just listed, and then the list is read anew.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="bootId">The present boot id.</param>
    /// <param name="declared">Steps that the records share their names with; null for none.</param>
    public static JournalContents Load(StoreLayout layout, string bootId, IReadOnlyList<StepInstance>? declared = null) =>
        Load(layout, bootId, () => IndexFile.TryRead(layout, declared), long.MaxValue, new ComponentSource(layout));

    /// <summary>Loads what the segments before one say.</summary>
    public static JournalContents LoadBefore(StoreLayout layout, string bootId, long epoch) =>
        Load(layout, bootId, () => IndexFile.TryRead(layout), epoch, new ComponentSource(layout));

    /// <summary>Loads what one segment says.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="bootId">The present boot id.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="also">Takes each entry too.</param>
    /// <exception cref="FileNotFoundException">A compaction deleted it.</exception>
    public static JournalContents LoadSegment(StoreLayout layout, string bootId, SegmentName segment, Action<JournalEntry> also)
    {
        var contents = new JournalContents();
        using var window = new ReadWindow();
        contents.Segments.Add(ReadSegment(layout, segment, 0, contents, SegmentName.SafeBootId(bootId), null, window, also));
        return contents;
    }

    /// <summary>Loads from the journal alone.</summary>
    public static JournalContents LoadWhole(StoreLayout layout, string bootId) => Load(layout, bootId, () => null, long.MaxValue, null);

    private static JournalContents Load(StoreLayout layout, string bootId, Func<JournalContents?> readIndex, long before, ComponentSource? components)
    {
        for (var remaining = Tries; ; remaining--)
        {
            try
            {
                return LoadOnce(layout, SegmentName.SafeBootId(bootId), readIndex, before, components);
            }
            catch (FileNotFoundException cause)
            {
                if (remaining == 0)
                {
                    throw new StoreException($"the journal in '{layout.Journal}' loses segments while it is read: {cause.Message}", cause);
                }
            }
        }
    }

    /// <summary>Takes what was written since; the contents must be of the same base.</summary>
    /// <returns>False when a compaction or a copy replaced the journal: the contents are to be loaded anew.</returns>
    public static bool TryContinue(StoreLayout layout, string bootId, JournalContents contents)
    {
        try
        {
            var active = JournalFolder.Active(layout.Journal);
            if (!Fits(contents.Segments, active))
            {
                return false;
            }

            ReadTail(layout, active, contents, SegmentName.SafeBootId(bootId), null);
            return true;
        }
        catch (FileNotFoundException)
        {
            // A compaction deleted a segment between listing and reading.
            return false;
        }
    }

    private static JournalContents LoadOnce(StoreLayout layout, string bootId, Func<JournalContents?> readIndex, long before, ComponentSource? components)
    {
        var active = JournalFolder.Active(layout.Journal).Where(segment => segment.Name.Epoch < before).ToList();
        var contents = readIndex();
        if (contents is null || !Fits(contents.Segments, active))
        {
            contents = new JournalContents();
        }

        ReadTail(layout, active, contents, bootId, components);
        return contents;
    }

    /// <summary>Whether what was taken is the front of what is there: the same segments, none shorter than what was taken of it.</summary>
    private static bool Fits(List<SegmentFile> taken, IReadOnlyList<SegmentFile> active)
    {
        if (taken.Count > active.Count)
        {
            return false;
        }

        for (var i = 0; i < taken.Count; i++)
        {
            if (taken[i].Name != active[i].Name || taken[i].Length > active[i].Length)
            {
                return false;
            }
        }

        return true;
    }

    private static void ReadTail(StoreLayout layout, IReadOnlyList<SegmentFile> active, JournalContents contents, string bootId, ComponentSource? components)
    {
        using var window = new ReadWindow();
        for (var i = 0; i < active.Count; i++)
        {
            var offset = i < contents.Segments.Count ? contents.Segments[i].Length : 0;
            if (active[i].Length > offset || i >= contents.Segments.Count)
            {
                Take(contents, i, ReadSegment(layout, active[i].Name, offset, contents, bootId, components, window));
            }
        }
    }

    private static void Take(JournalContents contents, int at, SegmentFile segment)
    {
        if (at < contents.Segments.Count)
        {
            contents.Segments[at] = segment;
        }
        else
        {
            contents.Segments.Add(segment);
        }
    }

    private static SegmentFile ReadSegment(StoreLayout layout, SegmentName name, long offset, JournalContents contents, string bootId, ComponentSource? components, ReadWindow window, Action<JournalEntry>? also = null)
    {
        var fold = new SegmentFold(contents);
        var path = Path.Combine(layout.Journal, name.ToString());
        Func<ActionKey, long, IReadOnlyList<KeyComponent>>? componentsAt = components is null ? null : (key, line) => new TailComponents(key, path, line, components);
        var reader = SegmentReader.Read(path, offset, fold.Take + also, componentsAt: componentsAt, window: window);
        fold.Finish(name.BootId == bootId);
        contents.Damage.AddRange(reader.Damage);
        contents.TornTails += reader.HasTornTail ? 1 : 0;
        contents.TailBytes += reader.End - offset;
        return new SegmentFile(name, reader.End);
    }
}
