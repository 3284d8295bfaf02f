using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store;

/// <content>When lines are written, flushed and marked. Everything here needs the lock.</content>
public sealed partial class FileStore
{
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    private StoreException? _fault;
    private Task? _flush;
    private bool _flushesLines;
    private bool _hasUnflushedLines;
    private long _lastSync;

    /// <summary>Ends when nothing is being flushed beside what the store does.</summary>
    internal Task Flushing => _flush ?? Task.CompletedTask;

    /// <summary>Appends entries, and before them what became known of blobs.</summary>
    /// <remarks>While a flush is on its way nothing is told of blobs: its mark will say that all that were told of are flushed.</remarks>
    /// <returns>Where the lines begin; those of the entries come last.</returns>
    private long[] Append(IReadOnlyList<JournalEntry> entries)
    {
        IReadOnlyList<BlobFact> untold = _flush is null ? _ledger.Untold() : [];
        var lines = Write([.. untold.Select(fact => new JournalEntry.Blob(fact)), .. entries]);
        _ledger.Told(untold.Count);
        _hasUnflushedLines = true;
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

    /// <summary>Flushes beside what the store does: a commit does not wait for the disk.</summary>
    private void SyncWhenDue()
    {
        try
        {
            if (_flush is { IsCompleted: true })
            {
                EndFlush();
            }

            if (_flush is null && _clock.GetElapsedTime(_lastSync) > SyncInterval)
            {
                BeginFlush();
            }
        }
        catch (StoreException)
        {
            // The records are committed, so this commit has not failed. What failed for good is kept for the next call.
        }
    }

    private void SyncNow()
    {
        EndFlush();
        var hasLines = BeforeFlush();
        OrFault(() => Flush(hasLines));
        Mark(hasLines);
    }

    private void BeginFlush()
    {
        var hasLines = _flushesLines = BeforeFlush();
        _flush = SideBySide.TryBegin(() => Flush(hasLines));
        // Where it could not begin a later commit tries again.
        _hasUnflushedLines = _flush is null && hasLines;
    }

    private void EndFlush()
    {
        if (_flush is { } flush)
        {
            _flush = null;
            OrFault(flush.GetAwaiter().GetResult);
            Mark(_flushesLines);
        }
    }

    // Blob facts first: a fact before the mark says that its blob is flushed, and one that another thread puts meanwhile may not be.
    // So nothing more is told of blobs until the mark is written.
    private bool BeforeFlush()
    {
        if (_ledger.Untold().Count > 0)
        {
            Append([]);
        }

        OrFault(_chain.Check);
        _lastSync = _clock.GetTimestamp();
        var hasLines = _hasUnflushedLines;
        _hasUnflushedLines = false;
        return hasLines;
    }

    private void Flush(bool hasLines)
    {
        _atPoint?.Invoke(CrashPoint.BeforeFlush);
        _blobs.Sync();
        if (hasLines)
        {
            _writer.Sync();
        }
    }

    /// <summary>After a failed flush, whatever failed, nobody knows what the disk has, and trying again would not tell: such a failure is final.</summary>
    private void OrFault(Action action)
    {
        try
        {
            action();
        }
        catch (Exception cause)
        {
            _fault = cause as StoreException ?? new StoreException($"cannot flush the store '{_layout.Root}': {cause.Message}", cause);
            throw _fault;
        }
    }

    private void Mark(bool hasLines)
    {
        try
        {
            if (hasLines)
            {
                Write([new JournalEntry.Synced(_clock.GetUtcNow())]);
            }
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
