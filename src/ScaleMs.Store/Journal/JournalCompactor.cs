using System.Buffers;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Journal;

/// <summary>What a writer does at a clean close: folds the index, and rewrites a journal that is mostly history.</summary>
internal sealed class JournalCompactor(StoreLayout layout, OpenOptions options, SegmentChain chain)
{
    private const int FoldedPart = 4;
    private const long SmallestJournal = 1 << 20;

    private const int WriteSize = 1 << 20;

    /// <summary>Rewrites the journal or folds the index, when it pays.</summary>
    /// <exception cref="StoreException">The disk refused; the journal is whole as it was.</exception>
    public void AtClose(JournalContents contents)
    {
        if (IsMostlyHistory(contents) && !HasGrown(contents))
        {
            Compact(contents);
        }
        else if (contents.TailLines > contents.State.Count / FoldedPart || IsLongTail(contents))
        {
            WriteIndex(contents);
        }
    }

    private void WriteIndex(JournalContents contents)
    {
        DiskErrors.Guard("write", layout.Index, () => IndexFile.Write(layout.Index, contents, options.AtPoint));
        options.AtPoint?.Invoke(CrashPoint.IndexNamed);
    }

    /// <summary>A few results with thousands of inputs are as long as the rest: every run would read them again.</summary>
    private bool IsLongTail(JournalContents contents) =>
        contents.TailBytes > SmallestJournal && contents.TailBytes > (File.Exists(layout.Index) ? new FileInfo(layout.Index).Length : 0);

    private bool IsMostlyHistory(JournalContents contents)
    {
        var needed = contents.State.Count + contents.BlobCount;
        var isLong = contents.Segments.Sum(segment => segment.Length) > SmallestJournal && contents.Lines > FoldedPart * (long)needed;
        return isLong || contents.Segments.Count > options.MostSegments;
    }

    /// <summary>Whether somebody whom the lock should have kept out goes on writing to an older segment: then nothing is deleted.</summary>
    private bool HasGrown(JournalContents contents)
    {
        var hasGrown = false;
        foreach (var segment in contents.Segments)
        {
            SegmentReader.Read(Path.Combine(layout.Journal, segment.Name.ToString()), segment.Length, _ => hasGrown = true);
        }

        return hasGrown;
    }

    /// <summary>Rewrites the journal to what the contents say, and the index with it.</summary>
    /// <param name="contents">The whole journal, or what is to be left of it.</param>
    /// <exception cref="StoreException">The disk refused; the journal is whole as it was.</exception>
    public void Compact(JournalContents contents)
    {
        // The base gets its name when it is whole and durable; from then on it alone counts, so the order of the deletions does not matter.
        var old = contents.Segments.Select(segment => segment.Name).ToList();
        var name = chain.NextName(isBase: true);
        var path = Path.Combine(layout.Journal, name.ToString());
        var (lines, length) = DiskErrors.Guard("write", path, () => WriteBase(path, name, contents));
        contents.Segments.Clear();
        contents.Segments.Add(new SegmentFile(name, length));
        contents.Lines = lines;
        WriteIndex(contents);
        foreach (var segment in old)
        {
            JournalFolder.TryDelete(layout.Journal, segment);
            options.AtPoint?.Invoke(CrashPoint.SegmentDeleted);
        }
    }

    private (long Lines, long Length) WriteBase(string path, SegmentName name, JournalContents contents)
    {
        var temporary = TemporaryName.Beside(path);
        try
        {
            var keys = new KeyTable();
            var written = WriteLines(temporary, Entries(name, contents), keys);
            options.AtPoint?.Invoke(CrashPoint.BaseWritten);
            File.Move(temporary, path, overwrite: false);
            options.AtPoint?.Invoke(CrashPoint.BaseNamed);
            Durably.Folder(layout.Journal);
            keys.TryWrite(path, written.Length);
            return written;
        }
        catch
        {
            TemporaryName.TryDelete(temporary);
            throw;
        }
    }

    private IEnumerable<JournalEntry> Entries(SegmentName name, JournalContents contents)
    {
        var now = options.Clock.GetUtcNow();
        var blobs = contents.Blobs.Where(fact => !contents.Unsynced.Contains(fact.Digest));
        return contents.State.Snapshot().Select(record => (JournalEntry)new JournalEntry.Fact(record))
            .Prepend(new JournalEntry.Opened(StoreFormat.After(options.Upgrades), name.Epoch, options.HostName, options.BootId, options.ProcessId, now))
            .Concat(blobs.Select(fact => new JournalEntry.Blob(fact)))
            .Append(new JournalEntry.Synced(now))
            .Append(new JournalEntry.Closed(now));
    }

    private static (long Lines, long Length) WriteLines(string path, IEnumerable<JournalEntry> entries, KeyTable keys)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var payload = new ArrayBufferWriter<byte>();
        var lines = new ArrayBufferWriter<byte>(WriteSize);
        var (count, length) = (0L, 0L);
        foreach (var entry in entries)
        {
            payload.ResetWrittenCount();
            EntryCodec.Write(entry, payload);
            keys.Add(KeyTable.RowsOf(entry, length + lines.WrittenCount));
            LineFrame.Write(payload.WrittenSpan, lines);
            count++;
            if (lines.WrittenCount >= WriteSize)
            {
                Flush();
            }
        }

        Flush();
        Durably.Data(file);
        return (count, length);

        void Flush()
        {
            RandomAccess.Write(file, lines.WrittenSpan, length);
            length += lines.WrittenCount;
            lines.ResetWrittenCount();
        }
    }
}
