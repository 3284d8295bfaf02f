using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Journal;

/// <summary>The writing end of the journal: encodes entries and appends them with one write. Makes its segment at the first append.</summary>
/// <remarks>Not thread-safe: the store's lock guards it. But what is written may be flushed beside, by one thread at a time.</remarks>
internal sealed class JournalWriter(StoreLayout layout, OpenOptions options, SegmentChain chain) : IDisposable
{
    private readonly LineBuffer _lines = new();
    private readonly KeyTable _keys = new();
    private SegmentWriter? _segment;
    private bool _isFolderFlushed;
    private string? _path;

    /// <summary>The segment as far as it was written; null when nothing was.</summary>
    public SegmentFile? Segment => _segment is null ? null : new SegmentFile(_segment.Name, _segment.Length);

    /// <summary>Appends entries in one write: all of them are in the operating system's hands, or none.</summary>
    /// <returns>Where the lines begin that were written; those of the entries come last.</returns>
    /// <exception cref="StoreException">The disk refused; the journal is as before.</exception>
    public long[] Append(IReadOnlyList<JournalEntry> entries)
    {
        _segment ??= chain.Begin();
        _lines.Clear();
        JournalEntry[] opening = _segment.Length == 0 ? [Opening(_segment.Name)] : [];
        var rows = new List<KeyRow>();
        var lines = new long[opening.Length + entries.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var entry = i < opening.Length ? opening[i] : entries[i - opening.Length];
            lines[i] = _segment.Length + _lines.Length;
            rows.AddRange(KeyTable.RowsOf(entry, lines[i]));
            _lines.Add(entry);
        }

        _segment.Append(_lines.Pieces, _lines.Length);
        _keys.Add(rows);
        return lines;
    }

    public void Sync()
    {
        if (_segment is null)
        {
            return;
        }

        _segment.SyncData();
        if (!_isFolderFlushed)
        {
            DiskErrors.Guard("flush", layout.Journal, () => Durably.Folder(layout.Journal));
            _isFolderFlushed = true;
        }
    }

    /// <summary>The components of a result, read from its line when somebody asks.</summary>
    /// <param name="line">Where its line begins in the segment.</param>
    public WrittenComponents ComponentsAt(long line) => new(_path ??= Path.Combine(layout.Journal, _segment!.Name.ToString()), line);

    /// <summary>Writes where the segment's records stand; only when nothing more is appended.</summary>
    public void WriteKeys()
    {
        if (_segment is not null)
        {
            _keys.TryWrite(Path.Combine(layout.Journal, _segment.Name.ToString()), _segment.Length);
        }
    }

    private JournalEntry.Opened Opening(SegmentName name) => new(
        StoreFormat.After(options.Upgrades), name.Epoch, options.HostName, options.BootId, options.ProcessId, options.Clock.GetUtcNow());

    public void Dispose() => _segment?.Dispose();
}
