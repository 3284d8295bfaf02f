using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Database;

/// <summary>What one segment says of one thing: looked up in its table, or folded once where it has none.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SegmentRecords(StoreLayout layout, string bootId, SegmentFile segment) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path = Path.Combine(layout.Journal, segment.Name.ToString());
    private readonly Dictionary<ArtifactPath, UnpublishedRecord> _unpublished = [];
    private KeyTableFile? _table = FullTable(layout, segment);
    private JournalContents? _folded;

    /// <summary>How much of it has to be read for the first answer.</summary>
    public long ToFold => _table is null ? segment.Length : 0;

    public ActionResult? Result(ActionKey key) =>
        Find<ActionResult>(KeyTable.HashOf(key), result => result.Key == key, all => all.State.Results.GetValueOrDefault(key));

    public StepStateRecord? State(StepId step) =>
        Find<StepStateRecord>(KeyTable.HashOf(step), state => state.Step == step, all => all.State.Steps.GetValueOrDefault(step));

    public FileFactRecord? File(string path) =>
        Find<FileFactRecord>(KeyTable.HashOf(path), file => file.Path == path, all => all.State.Files.GetValueOrDefault(path));

    public ToolFactRecord? Tool(string probe) =>
        Find<ToolFactRecord>(KeyTable.HashOf(probe), tool => tool.Probe == probe, all => all.State.Tools.GetValueOrDefault(probe));

    /// <summary>What the segment says last of a published path: a <see cref="PublishedRecord"/>, an <see cref="UnpublishedRecord"/>, or nothing.</summary>
    public StoreRecord? Publishing(ArtifactPath path) => Find<StoreRecord>(
        KeyTable.HashOf(path.Value), record => PathOf(record) == path,
        all => all.State.Published.TryGetValue(path, out var published) ? published : _unpublished.GetValueOrDefault(path));

    public BlobFact? Blob(Digest digest) => Look<BlobFact?>(
        table => EntriesIn(table, KeyTable.HashOf(digest)).OfType<JournalEntry.Blob>().FirstOrDefault(blob => blob.Known.Digest == digest)?.Known,
        all => all.FindBlob(digest));

    public List<ActionResult> ResultsOf(StepId step) => Look(
        table => RecordsIn<ActionResult>(table, KeyTable.HashOf(step)).Where(result => result.Step == step).ToList(),
        all => all.State.ResultsOf(step).ToList());

    public void Dispose() => _table?.Dispose();

    private static KeyTableFile? FullTable(StoreLayout layout, SegmentFile segment)
    {
        var table = KeyTableFile.TryOpen(Path.Combine(layout.Journal, segment.Name.ToString()), segment.Length);
        if (table is null or { IsFull: true })
        {
            return table;
        }

        table.Dispose();
        return null;
    }

    private static ArtifactPath? PathOf(StoreRecord record) => record is PublishedRecord published ? published.Path : (record as UnpublishedRecord)?.Path;

    private TRecord? Find<TRecord>(ulong hash, Func<TRecord, bool> isIt, Func<JournalContents, TRecord?> inAll)
        where TRecord : StoreRecord => Look(table => RecordsIn<TRecord>(table, hash).FirstOrDefault(isIt), inAll);

    private IEnumerable<TRecord> RecordsIn<TRecord>(KeyTableFile table, ulong hash)
        where TRecord : StoreRecord => EntriesIn(table, hash).OfType<JournalEntry.Fact>().Select(fact => fact.Record).OfType<TRecord>();

    private IEnumerable<JournalEntry> EntriesIn(KeyTableFile table, ulong hash) =>
        table.Find(hash).Select(offset => RecordLookup.EntryAt(_path, offset)).OfType<JournalEntry>();

    private T Look<T>(Func<KeyTableFile, T> inTable, Func<JournalContents, T> inAll)
    {
        lock (_gate)
        {
            try
            {
                return _table is null ? inAll(_folded ??= Fold()) : inTable(_table);
            }
            catch (Exception cause) when (_table is not null && (cause is InvalidDataException || (DiskErrors.IsDiskError(cause) && cause is not FileNotFoundException)))
            {
                _table.Dispose();
                _table = null;
                return inAll(_folded = Fold());
            }
        }
    }

    /// <summary>A state that was folded no longer tells what was taken back from what was never there.</summary>
    private JournalContents Fold() => JournalLoader.LoadSegment(layout, bootId, segment.Name, entry =>
    {
        if (entry is JournalEntry.Fact { Record: UnpublishedRecord unpublished })
        {
            _unpublished[unpublished.Path] = unpublished;
        }
    });
}
