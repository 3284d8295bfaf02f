using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Database;

/// <summary>Finds one record in the journal without reading the rest: for a question about one step in a store of a million.</summary>
/// <remarks>
/// Takes no lock and writes nothing. Segments that a run closed have a table of their records; that of a run which goes on, or was killed,
/// is read. Thread-safe.
/// </remarks>
public sealed class RecordLookup
{
    private const int Tries = 20;
    private const int FirstWindow = 1 << 14;
    private readonly StoreLayout _layout;

    /// <summary>Looks into a workspace's store.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="directoryName">The store's folder, as <see cref="OpenOptions.DirectoryName"/>.</param>
    public RecordLookup(string workspace, string directoryName = OpenOptions.DefaultDirectoryName)
        : this(StoreLayout.Of(workspace, directoryName))
    {
    }

    internal RecordLookup(StoreLayout layout) => _layout = layout;

    /// <summary>The result recorded under a key.</summary>
    /// <param name="key">The action's key.</param>
    /// <returns>The result, or null.</returns>
    /// <exception cref="StoreException">The journal cannot be read, or its format is newer.</exception>
    public ActionResult? FindResult(ActionKey key) =>
        Find(KeyTable.HashOf(key), record => record is ActionResult result && result.Key == key) as ActionResult;

    /// <summary>What a step instance stands at.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>Its state, or null when it never ran.</returns>
    /// <exception cref="StoreException">The journal cannot be read, or its format is newer.</exception>
    public StepStateRecord? FindState(StepId step) =>
        Find(KeyTable.HashOf(step), record => record is StepStateRecord state && state.Step == step) as StepStateRecord;

    /// <summary>The newest results that an instance made first, as far as the tables name them.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="most">How many lines are read at most; above 0.</param>
    /// <returns>Its results, newest first.</returns>
    /// <exception cref="StoreException">The journal cannot be read, or its format is newer.</exception>
    public IReadOnlyList<ActionResult> ResultsOf(StepId step, int most = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return NewestFirst.Order(Try(() => ResultsOnce(step, most)).DistinctBy(result => result.Key));
    }

    private List<ActionResult> ResultsOnce(StepId step, int most)
    {
        var (hash, found) = (KeyTable.HashOf(step), new List<ActionResult>());
        foreach (var segment in JournalFolder.Active(_layout.Journal).Reverse().TakeWhile(_ => found.Count < most))
        {
            found.AddRange(RecordsIn(segment, hash).OfType<ActionResult>().Where(result => result.Step == step).Take(most - found.Count));
        }

        return found;
    }

    /// <summary>The records of a segment that a table names under a hash, or all where there is no table; the latest first.</summary>
    private IEnumerable<StoreRecord> RecordsIn(SegmentFile segment, ulong hash)
    {
        var path = Path.Combine(_layout.Journal, segment.Name.ToString());
        if (KeyTableFile.TryFind(path, segment.Length, hash) is { } offsets)
        {
            return offsets.Select(offset => RecordAt(path, offset)).OfType<StoreRecord>();
        }

        var all = new List<StoreRecord>();
        SegmentReader.Read(path, 0, entry => all.AddRange(entry is JournalEntry.Fact fact && KeyTable.RowsOf(entry, 0).Any(row => row.Hash == hash) ? [fact.Record] : []));
        all.Reverse();
        return all;
    }

    private StoreRecord? Find(ulong hash, Predicate<StoreRecord> isIt) => Try(() => FindOnce(hash, isIt));

    private T Try<T>(Func<T> find)
    {
        StoreFormat.Check(_layout);
        for (var remaining = Tries; ; remaining--)
        {
            try
            {
                return find();
            }
            catch (FileNotFoundException cause) when (remaining > 0)
            {
                // A compaction deleted a segment that was just listed: its base is there now.
                _ = cause;
            }
        }
    }

    private StoreRecord? FindOnce(ulong hash, Predicate<StoreRecord> isIt)
    {
        var segments = JournalFolder.Active(_layout.Journal);
        StoreRecord? found = null;
        for (var i = segments.Count - 1; i >= 0 && found is null; i--)
        {
            found = Find(segments[i], hash, isIt);
        }

        return found;
    }

    private StoreRecord? Find(SegmentFile segment, ulong hash, Predicate<StoreRecord> isIt)
    {
        var path = Path.Combine(_layout.Journal, segment.Name.ToString());
        return KeyTableFile.TryFind(path, segment.Length, hash) is { } offsets ? FirstOf(path, offsets, isIt) : LastIn(path, isIt);
    }

    private static StoreRecord? FirstOf(string path, long[] offsets, Predicate<StoreRecord> isIt)
    {
        foreach (var offset in offsets)
        {
            if (RecordAt(path, offset) is { } record && isIt(record))
            {
                return record;
            }
        }

        return null;
    }

    private static StoreRecord? LastIn(string path, Predicate<StoreRecord> isIt)
    {
        StoreRecord? last = null;
        SegmentReader.Read(path, 0, entry => last = entry is JournalEntry.Fact fact && isIt(fact.Record) ? fact.Record : last);
        return last;
    }

    /// <summary>The record of the line at an offset; null when that line is damaged, or holds none.</summary>
    internal static StoreRecord? RecordAt(string path, long offset) => EntryAt(path, offset) is JournalEntry.Fact fact ? fact.Record : null;

    /// <summary>What the line at an offset holds; null when that line is damaged.</summary>
    internal static JournalEntry? EntryAt(string path, long offset)
    {
        using var file = ReadHandle.Open(path);
        var window = ArrayPool<byte>.Shared.Rent(FirstWindow);
        try
        {
            return TryRead(file, window, path, offset, out var entry) ? entry : LongEntryAt(file, path, offset);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    /// <summary>A line of megabytes is rare: what it is read into goes back to the system at once, and waits for no collection.</summary>
    private static unsafe JournalEntry? LongEntryAt(SafeFileHandle file, string path, long offset)
    {
        for (var size = Math.Max(FirstWindow * 2, SizeOf(file, offset)); ; size *= 2)
        {
            var window = NativeMemory.Alloc((nuint)size);
            try
            {
                if (TryRead(file, new Span<byte>(window, size), path, offset, out var entry))
                {
                    return entry;
                }
            }
            finally
            {
                NativeMemory.Free(window);
            }
        }
    }

    /// <returns>False when the line does not end in the window.</returns>
    private static bool TryRead(SafeFileHandle file, Span<byte> window, string path, long offset, out JournalEntry? entry)
    {
        var read = RandomAccess.Read(file, window, offset);
        var state = LineFrame.Read(window[..read], out var payload, out _);
        entry = state == LineState.Whole ? EntryCodec.Read(payload, path, offset) : null;
        return state != LineState.Partial || read < window.Length;
    }

    /// <summary>How long a line says that it is, as far as its segment can hold it.</summary>
    private static int SizeOf(SafeFileHandle file, long offset)
    {
        Span<byte> head = stackalloc byte[LineFrame.LongestHead];
        var read = RandomAccess.Read(file, head, offset);
        return (int)Math.Min(LineFrame.SizeOf(head[..read]), RandomAccess.GetLength(file) - offset);
    }
}
