using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Blobs;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Locking;
using ScaleMs.Store.NullRuns;

namespace ScaleMs.Store;

/// <summary>The file store of a workspace, opened for writing: journal, blobs, lock.</summary>
/// <remarks>
/// A killed process loses nothing that it committed. A loss of power loses at most what was committed after the last flush that is over had begun. The first
/// commit that is a second after that begins the next one, beside what the store does; blobs of that time are hashed before they are served.
/// Paths in records are relative, so a workspace may be moved.
/// </remarks>
public sealed partial class FileStore : IFileStore
{
    private readonly Lock _gate = new();
    private readonly StoreLayout _layout;
    private readonly TimeProvider _clock;
    private readonly StoreLock _lock;
    private readonly JournalContents _contents;
    private readonly JournalWriter _writer;
    private readonly JournalCompactor _compactor;
    private readonly SegmentChain _chain;
    private readonly BlobLedger _ledger;
    private readonly BlobStore _blobs;
    private readonly Action<string>? _atPoint;
    private bool _isDisposed;

    private FileStore(StoreLayout layout, OpenOptions options, StoreLock storeLock)
    {
        _layout = layout;
        _clock = options.Clock;
        _atPoint = options.AtPoint;
        _lock = storeLock;
        var names = JournalFolder.Names(layout.Journal);
        _contents = JournalLoader.Load(layout, options.BootId, options.Declared);
        ExpectFirst(options.Declared);
        _chain = new SegmentChain(layout, options, names);
        _writer = new JournalWriter(layout, options, _chain);
        _compactor = new JournalCompactor(layout, options, _chain);
        _ledger = new BlobLedger(_contents);
        _blobs = new BlobStore(layout, _ledger, new PhysicalDisk(), Claim, _atPoint);
        _lastSync = _clock.GetTimestamp();
        DeleteObsolete(names);
        TemporaryName.Sweep(layout.Root);
        TemporaryName.Sweep(layout.Journal);
    }

    /// <inheritdoc/>
    public string Directory => _layout.Root;

    /// <inheritdoc/>
    public StoreState State => _contents.State;

    /// <summary>Damage in the journal that was passed over when it was read; tell the user.</summary>
    public IReadOnlyList<JournalDamage> Damage => _contents.Damage;

    /// <summary>How many segments read at the opening end in a line that a crash cut off. No record that was committed is missing for it.</summary>
    public int TornTails => _contents.TornTails;

    /// <summary>How many blobs this process hashed again before it served them.</summary>
    internal int BlobsVerified => _blobs.Verified;

    /// <summary>Opens a store for writing; makes it when it is not there.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Who opens it and where it is; null for this process and the usual place.</param>
    /// <returns>The store, which this process alone may write to until it is disposed.</returns>
    /// <exception cref="StoreInUseException">Another store object, here or in another process, is open.</exception>
    /// <exception cref="StoreException">The disk refused, the format is newer, or the lock was granted twice.</exception>
    public static FileStore Open(string workspace, OpenOptions? options = null)
    {
        options ??= new OpenOptions();
        var layout = StoreLayout.Of(workspace, options.DirectoryName);
        StoreFormat.Check(layout, options.Upgrades);
        return DiskErrors.Guard("open the store", layout.Root, () => Open(layout, options));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Starts a flush when the last one is more than a second ago, and does not wait for it. If it fails the records are committed all the same; the
    /// failure is final and a later call tells it, so call <see cref="Sync"/> at the end of a run.
    /// </remarks>
    public void Commit(params ReadOnlySpan<StoreRecord> records)
    {
        lock (_gate)
        {
            ThrowWhenUnusable();
            if (records.IsEmpty)
            {
                return;
            }

            var entries = new List<JournalEntry>(records.Length);
            foreach (var record in records)
            {
                entries.Add(new JournalEntry.Fact(record));
            }

            var lines = Append(entries);
            for (var i = 0; i < records.Length; i++)
            {
                State.Apply(Held(records[i], lines[^(records.Length - i)]));
            }

            SyncWhenDue();
        }
    }

    /// <inheritdoc/>
    public void Sync()
    {
        lock (_gate)
        {
            ThrowWhenUnusable();
            SyncNow();
        }
    }

    /// <inheritdoc/>
    public bool HasBlob(Digest digest) => _blobs.Has(digest);

    /// <inheritdoc/>
    public string BlobPath(Digest digest) => _blobs.PathOf(digest);

    /// <inheritdoc/>
    public StoredBlob Put(string file, ContentIdentity? identity = null) => _blobs.Put(file, identity);

    /// <inheritdoc/>
    public StoredBlob Adopt(string file, ContentIdentity? identity = null) => _blobs.Adopt(file, identity);

    /// <inheritdoc/>
    public FileStat? Release(Digest digest, string target, bool executable) => _blobs.Release(digest, target, executable);

    /// <inheritdoc/>
    public void Drop(Digest digest) => _blobs.Drop(digest);

    /// <summary>Keeps a null run, so that <see cref="NullRunMemory"/> can confirm it later. Called when the store is closed: what is kept names the journal's end.</summary>
    /// <param name="run">The run; its looks are those of this process, made while the store was open.</param>
    /// <exception cref="InvalidOperationException">The store is open.</exception>
    public void Remember(NullRun run)
    {
        if (!_isDisposed)
        {
            throw new InvalidOperationException("The journal of an open store has no end yet.");
        }

        NullRunMemory.Keep(_layout, run, _contents.Segments);
    }

    /// <summary>Whether the store is as the null run left it that a part was taken from. Asked before anything is committed: nobody else changes it after that.</summary>
    /// <param name="part">The part.</param>
    public bool IsAsLeft(AffectedPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return StoreFiles.Of(_layout, _contents.Segments).Equals(part.Memory.Head.Store);
    }

    /// <summary>Takes down in the memory of null runs what a run of an affected part changed. Called when the store is closed.</summary>
    /// <param name="part">The part.</param>
    /// <param name="run">The null run that the next run is, when nothing changes.</param>
    /// <param name="sources">What the part's steps were told that their source files hold; null when some were told other things than others.</param>
    /// <exception cref="InvalidOperationException">The store is open.</exception>
    public void Amend(AffectedPart part, NullRun run, IReadOnlyList<FileFactRecord>? sources)
    {
        if (!_isDisposed)
        {
            throw new InvalidOperationException("The journal of an open store has no end yet.");
        }

        NullRunMemory.Amend(_layout, part, run, sources, State, _contents.Segments);
    }

    /// <summary>Takes a file from outside that should hold the bytes of a digest.</summary>
    /// <returns>Whether it did; other bytes are not kept.</returns>
    /// <exception cref="IOException">The file could not be read, or the store not be written.</exception>
    internal bool TryTake(string file, Digest expected) => _blobs.TryTake(file, expected);

    /// <summary>Takes what somebody writes into a new file of the store's, if it is the bytes of a digest.</summary>
    /// <returns>Whether it was; other bytes are not kept.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    internal bool TryReceive(Digest expected, Action<string> write) => _blobs.TryReceive(expected, write);

    /// <summary>Syncs, folds the index, and gives the lock back. Never throws: call <see cref="Sync"/> before to hear of errors.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            try
            {
                Close();
            }
            catch (Exception cause) when (cause is StoreException || DiskErrors.IsDiskError(cause))
            {
                // What was committed is in the journal. Without the close mark the next opening doubts more, and the index is made again.
            }
            finally
            {
                _writer.Dispose();
                _lock.Dispose();
            }
        }
    }

    private static FileStore Open(StoreLayout layout, OpenOptions options)
    {
        System.IO.Directory.CreateDirectory(layout.Root);
        var storeLock = StoreLock.Take(layout, options);
        try
        {
            foreach (var folder in (string[])[layout.Journal, layout.Blobs, layout.Incoming])
            {
                System.IO.Directory.CreateDirectory(folder);
            }

            StoreFormat.Ensure(layout, options.Upgrades);
            return new FileStore(layout, options, storeLock);
        }
        catch
        {
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>The first run records each step: tables that grow step by step end up larger than they must be.</summary>
    private void ExpectFirst(IReadOnlyList<StepInstance>? declared)
    {
        if (declared is not null && State.Results.Count == 0)
        {
            State.Expect(4 * declared.Count);
        }
    }

    private void DeleteObsolete(IReadOnlyList<SegmentName> names)
    {
        foreach (var name in JournalFolder.Obsolete(names))
        {
            JournalFolder.TryDelete(_layout.Journal, name);
        }
    }

    private void ThrowWhenUnusable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_fault is not null)
        {
            throw new StoreException(_fault.Message, _fault);
        }
    }
}
