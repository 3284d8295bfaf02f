using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Database;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store;

/// <summary>The file store of a workspace as a reader sees it: what was committed when it was opened. Takes no lock and writes nothing.</summary>
/// <remarks>Works beside a run, on a read-only file system, and where there is no store yet: then it holds nothing. Thread-safe.</remarks>
public sealed class ReadingStore : IFileStore
{
    private readonly StoreLayout _layout;
    private readonly Lazy<JournalContents> _contents;
    private readonly JournalRecords? _records;
    private readonly PhysicalDisk _disk = new();
    private readonly ConcurrentDictionary<Digest, bool> _hashed = new();

    private ReadingStore(StoreLayout layout, Lazy<JournalContents> contents, JournalRecords? records)
    {
        (_layout, _contents, _records) = (layout, contents, records);
        State = records is null ? contents.Value.State : new StoreState(records);
    }

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public string Directory => _layout.Root;

    /// <inheritdoc/>
    public StoreState State { get; }

    /// <inheritdoc/>
    public bool IsLookedUp => _records is not null;

    /// <summary>Damage in the journal that was passed over when it was read; tell the user. None where only single records were.</summary>
    public IReadOnlyList<JournalDamage> Damage => _contents.IsValueCreated ? _contents.Value.Damage : [];

    /// <summary>Whether everything was read.</summary>
    internal bool IsWhole => _contents.IsValueCreated;

    /// <summary>Opens a store for reading.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Where it is; null for the usual place.</param>
    /// <param name="asked">
    /// About how many steps and inputs will be asked for; 0 for hardly any. Where that is little beside what is recorded, records are looked up one by one and all are read
    /// only for what cannot be told otherwise.
    /// </param>
    /// <returns>The records as they stand now.</returns>
    /// <exception cref="StoreException">The disk refused, or the format is newer.</exception>
    public static ReadingStore Open(string workspace, OpenOptions? options = null, int asked = int.MaxValue)
    {
        options ??= new OpenOptions();
        var layout = StoreLayout.Of(workspace, options.DirectoryName);
        StoreFormat.Check(layout, options.Upgrades);
        var contents = new Lazy<JournalContents>(() => JournalLoader.Load(layout, options.BootId));
        return DiskErrors.Guard("read the store", layout.Root, () => new ReadingStore(layout, contents, JournalRecords.TryOpen(layout, options.BootId, asked, contents)));
    }

    /// <inheritdoc/>
    public bool HasBlob(Digest digest) =>
        !digest.IsNone && _disk.Stat(BlobPath(digest), followLinks: false) is { } stat &&
        (FactOf(digest)?.Matches(stat) == true || _hashed.GetOrAdd(digest, HoldsBytes));

    /// <inheritdoc/>
    public string BlobPath(Digest digest) => _layout.Blob(digest);

    /// <summary>A reader commits nothing.</summary>
    /// <param name="records">The records.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public void Commit(params ReadOnlySpan<StoreRecord> records) => throw OnlyReads();

    /// <summary>A reader takes no bytes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="identity">The identity.</param>
    /// <returns>Never.</returns>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public StoredBlob Put(string file, ContentIdentity? identity = null) => throw OnlyReads();

    /// <summary>Nothing is to be made durable.</summary>
    public void Sync()
    {
    }

    /// <summary>Ends the reading.</summary>
    public void Dispose() => _records?.Dispose();

    private BlobFact? FactOf(Digest digest) =>
        _records is not null ? _records.FindBlob(digest) : _contents.Value.FindBlob(digest);

    private bool HoldsBytes(Digest digest)
    {
        try
        {
            return _disk.Hash(BlobPath(digest), []).Bytes == digest;
        }
        catch (StoreException)
        {
            // Unreadable, or replaced meanwhile: a run would make them again.
            return false;
        }
    }

    private static InvalidOperationException OnlyReads() => new("The store is open for reading.");
}
