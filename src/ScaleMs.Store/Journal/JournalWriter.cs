using System.Buffers;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Journal;

/// <summary>The writing end of the journal: encodes entries and appends them with one write. Makes its segment at the first append.</summary>
/// <remarks>Not thread-safe: the store's lock guards it.</remarks>
internal sealed class JournalWriter(StoreLayout layout, OpenOptions options, SegmentChain chain) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly KeyTable _keys = new();
    private SegmentWriter? _segment;
    private bool _isFolderFlushed;

    /// <summary>The segment as far as it was written; null when nothing was.</summary>
    public SegmentFile? Segment => _segment is null ? null : new SegmentFile(_segment.Name, _segment.Length);

    /// <summary>Appends entries in one write: all of them are in the operating system's hands, or none.</summary>
    /// <returns>How many lines were written.</returns>
    /// <exception cref="StoreException">The disk refused; the journal is as before.</exception>
    public int Append(IReadOnlyList<JournalEntry> entries)
    {
        _segment ??= chain.Begin();
        _lines.ResetWrittenCount();
        JournalEntry[] opening = _segment.Length == 0 ? [Opening(_segment.Name)] : [];
        var rows = new List<KeyRow>();
        foreach (var entry in opening.Concat(entries))
        {
            rows.AddRange(KeyTable.RowsOf(entry, _segment.Length + _lines.WrittenCount));
            Encode(entry);
        }

        _segment.Append(_lines.WrittenSpan);
        _keys.Add(rows);
        return opening.Length + entries.Count;
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

    private void Encode(JournalEntry entry)
    {
        _payload.ResetWrittenCount();
        EntryCodec.Write(entry, _payload);
        LineFrame.Write(_payload.WrittenSpan, _lines);
    }
}
