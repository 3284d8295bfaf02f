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
    private KeyTableFile? _table = FullTable(layout, segment);
    private readonly Dictionary<ArtifactPath, UnpublishedRecord> _unpublished = [];
    private JournalContents? _folded;

    /// <summary>How much of it has to be read for the first answer.</summary>
    public long ToFold => _table is null ? segment.Length : 0;

    public ActionResult? Result(ActionKey key) => Find(KeyTable.HashOf(key), entry => RecordOf<ActionResult>(entry) is { } result && result.Key == key ? result : null, all => all.State.Results.GetValueOrDefault(key));

    public StepStateRecord? State(StepId step) => Find(KeyTable.HashOf(step), entry => RecordOf<StepStateRecord>(entry) is { } state && state.Step == step ? state : null, all => all.State.Steps.GetValueOrDefault(step));

    public FileFactRecord? File(string path) => Find(KeyTable.HashOf(path), entry => RecordOf<FileFactRecord>(entry) is { } file && file.Path == path ? file : null, all => all.State.Files.GetValueOrDefault(path));

    public ToolFactRecord? Tool(string probe) => Find(KeyTable.HashOf(probe), entry => RecordOf<ToolFactRecord>(entry) is { } tool && tool.Probe == probe ? tool : null, all => all.State.Tools.GetValueOrDefault(probe));

    /// <summary>What the segment says last of a published path: a <see cref="PublishedRecord"/>, an <see cref="UnpublishedRecord"/>, or nothing.</summary>
    public StoreRecord? Publishing(ArtifactPath path) => Find(
        KeyTable.HashOf(path.Value), entry => RecordOf<StoreRecord>(entry) is { } record && PathOf(record) == path ? record : null,
        all => all.State.Published.TryGetValue(path, out var published) ? published : _unpublished.GetValueOrDefault(path));

    public BlobFact? Blob(Digest digest) => Look(
        table => EntriesIn(table, KeyTable.HashOf(digest)).OfType<JournalEntry.Blob>().Select(blob => (BlobFact?)blob.Known).FirstOrDefault(fact => fact!.Value.Digest == digest),
        all => all.Blobs.TryGetValue(digest, out var fact) ? fact : (BlobFact?)null);

    public List<ActionResult> ResultsOf(StepId step) => Look(
        table => EntriesIn(table, KeyTable.HashOf(step)).Select(RecordOf<ActionResult>).OfType<ActionResult>().Where(result => result.Step == step).ToList(),
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

    private static TRecord? RecordOf<TRecord>(JournalEntry entry)
        where TRecord : StoreRecord => (entry as JournalEntry.Fact)?.Record as TRecord;

    private TRecord? Find<TRecord>(ulong hash, Func<JournalEntry, TRecord?> take, Func<JournalContents, TRecord?> inAll)
        where TRecord : StoreRecord => Look(table => EntriesIn(table, hash).Select(take).FirstOrDefault(record => record is not null), inAll);

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
        if (RecordOf<UnpublishedRecord>(entry) is { } unpublished)
        {
            _unpublished[unpublished.Path] = unpublished;
        }
    });
}
