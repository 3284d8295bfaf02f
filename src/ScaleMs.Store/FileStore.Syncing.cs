using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store;

/// <content>When lines are written, flushed and marked. Everything here needs the lock.</content>
public sealed partial class FileStore
{
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    private StoreException? _fault;
    private long _lastSync;
    private bool _isMarked = true;

    /// <summary>Appends entries, and before them what became known of blobs.</summary>
    /// <returns>Where the lines begin; those of the entries come last.</returns>
    private long[] Append(IReadOnlyList<JournalEntry> entries)
    {
        var untold = _ledger.Untold();
        var lines = Write([.. untold.Select(fact => new JournalEntry.Blob(fact)), .. entries]);
        _ledger.Told(untold.Count);
        _isMarked = false;
        return lines;
    }

    /// <summary>A record as the state holds it: key components stay in the journal, for they are most of a record.</summary>
    private StoreRecord Held(StoreRecord record, long line) =>
        record is ActionResult result ? result with { Components = _writer.ComponentsAt(line) } : record;

    /// <summary>Called on the threads that put blobs.</summary>
    private void Claim(BlobFact fact)
    {
        lock (_gate)
        {
            ThrowWhenUnusable();
            Append([new JournalEntry.Blob(fact)]);
        }
    }

    private long[] Write(IReadOnlyList<JournalEntry> entries)
    {
        var lines = _writer.Append(entries);
        _contents.Lines += lines.Length;
        _contents.TailLines += lines.Length;
        return lines;
    }

    private void SyncWhenDue()
    {
        if (_clock.GetElapsedTime(_lastSync) <= SyncInterval)
        {
            return;
        }

        try
        {
            SyncNow();
        }
        catch (StoreException)
        {
            // The records are committed, so this commit has not failed. What failed for good is kept for the next call.
        }
    }

    // Blob facts first: a fact before the mark says that its blob is flushed, and one that another thread puts meanwhile may not be.
    // So the mark is written without the facts that came up since.
    private void SyncNow()
    {
        if (_ledger.Untold().Count > 0)
        {
            Append([]);
        }

        Flush();
        _lastSync = _clock.GetTimestamp();
        TryMark();
    }

    /// <summary>After a failed flush nobody knows what the disk has, and trying again would not tell: such a failure is final.</summary>
    private void Flush()
    {
        try
        {
            _chain.Check();
            _blobs.Sync();
            if (!_isMarked)
            {
                _writer.Sync();
            }
        }
        catch (StoreException cause)
        {
            _fault = cause;
            throw;
        }
    }

    private void TryMark()
    {
        if (_isMarked)
        {
            return;
        }

        try
        {
            Write([new JournalEntry.Synced(_clock.GetUtcNow())]);
            _isMarked = true;
        }
        catch (StoreException)
        {
            // Everything is flushed, as asked. Without the mark more blobs are hashed after a loss of power.
        }
    }

    private void Close()
    {
        if (_fault is not null)
        {
            return;
        }

        SyncNow();
        _atPoint?.Invoke(CrashPoint.BeforeClosed);
        if (_writer.Segment is not null)
        {
            Write([new JournalEntry.Closed(_clock.GetUtcNow())]);
            _contents.Segments.Add(_writer.Segment);
            _contents.TailBytes += _writer.Segment.Length;
            _writer.WriteKeys();
            _atPoint?.Invoke(CrashPoint.AfterClosed);
        }

        _compactor.AtClose(_contents);
    }
}
