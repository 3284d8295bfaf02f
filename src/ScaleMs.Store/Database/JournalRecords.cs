using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Database;

/// <summary>The journal as it stood when it was opened, of which only what is asked for is read.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class JournalRecords : IRecordSource, IDisposable
{
    /// <summary>Reading all takes about 5 ns for each byte of the journal; looking up what a plan asks about a step or an input takes up to 0.15 ms.</summary>
    private const long BytesReadPerAnswer = 30_000;

    /// <summary>What runs that were killed have left without a table is folded, unless it is as long as a run of ten thousand steps.</summary>
    private const long MostToFold = 16 << 20;

    private readonly IReadOnlyList<SegmentRecords> _newestFirst;
    private readonly Lazy<JournalContents> _whole;
    private readonly ConcurrentDictionary<ActionKey, ActionResult?> _results = new();
    private readonly ConcurrentDictionary<StepId, StepStateRecord?> _steps = new();
    private readonly ConcurrentDictionary<string, FileFactRecord?> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ArtifactPath, PublishedRecord?> _published = new();
    private readonly ConcurrentDictionary<string, ToolFactRecord?> _tools = new(StringComparer.Ordinal);

    private JournalRecords(IReadOnlyList<SegmentRecords> newestFirst, Lazy<JournalContents> whole) => (_newestFirst, _whole) = (newestFirst, whole);

    /// <summary>Opens a journal to look up so much; null where reading all is quicker.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="bootId">The present boot id.</param>
    /// <param name="asked">About how many steps and inputs will be asked for; 0 to look up in any case.</param>
    /// <param name="whole">Reads all.</param>
    public static JournalRecords? TryOpen(StoreLayout layout, string bootId, int asked, Lazy<JournalContents> whole)
    {
        try
        {
            var active = JournalFolder.Active(layout.Journal);
            return active.Sum(segment => segment.Length) / BytesReadPerAnswer < asked ? null : TryOpen([.. active.Reverse().Select(segment => new SegmentRecords(layout, bootId, segment))], whole);
        }
        catch (FileNotFoundException)
        {
            // A compaction goes on: what it leaves is short.
            return null;
        }
    }

    /// <inheritdoc/>
    public ActionResult? FindResult(ActionKey key) =>
        _results.GetOrAdd(key, wanted => Find(segment => segment.Result(wanted), all => all.State.Results.GetValueOrDefault(wanted)));

    /// <inheritdoc/>
    public StepStateRecord? FindState(StepId step) =>
        _steps.GetOrAdd(step, wanted => Find(segment => segment.State(wanted), all => all.State.Steps.GetValueOrDefault(wanted)));

    /// <inheritdoc/>
    public FileFactRecord? FindFile(string path) =>
        _files.GetOrAdd(path, wanted => Find(segment => segment.File(wanted), all => all.State.Files.GetValueOrDefault(wanted)));

    /// <inheritdoc/>
    public PublishedRecord? FindPublished(ArtifactPath path) =>
        _published.GetOrAdd(path, wanted => Find(segment => segment.Publishing(wanted), all => all.State.Published.GetValueOrDefault(wanted)) as PublishedRecord);

    /// <inheritdoc/>
    public ToolFactRecord? FindTool(string probe) =>
        _tools.GetOrAdd(probe, wanted => Find(segment => segment.Tool(wanted), all => all.State.Tools.GetValueOrDefault(wanted)));

    /// <summary>The stat tuple under which a blob's bytes were right; null when there is none, or it is in doubt.</summary>
    public BlobFact? FindBlob(Digest digest) => Find(segment => segment.Blob(digest), all => all.FindBlob(digest));

    /// <inheritdoc/>
    public IEnumerable<ActionResult> ResultsOf(StepId step) => Ask(
        () => _newestFirst.SelectMany(segment => segment.ResultsOf(step)).DistinctBy(result => result.Key).Where(result => FindResult(result.Key)?.Step == step).ToList(),
        all => all.State.ResultsOf(step).ToList());

    /// <inheritdoc/>
    public StoreState ReadAll() => _whole.Value.State;

    public void Dispose()
    {
        foreach (var segment in _newestFirst)
        {
            segment.Dispose();
        }
    }

    private static JournalRecords? TryOpen(SegmentRecords[] segments, Lazy<JournalContents> whole)
    {
        var records = new JournalRecords(segments, whole);
        if (segments.Sum(segment => segment.ToFold) <= MostToFold)
        {
            return records;
        }

        records.Dispose();
        return null;
    }

    private T? Find<T>(Func<SegmentRecords, T?> inSegment, Func<JournalContents, T?> inAll) =>
        Ask(() => _newestFirst.Select(inSegment).FirstOrDefault(found => found is not null), inAll);

    /// <summary>Where a compaction took the segments away, all is read.</summary>
    private T Ask<T>(Func<T> ask, Func<JournalContents, T> inAll)
    {
        try
        {
            return _whole.IsValueCreated ? inAll(_whole.Value) : ask();
        }
        catch (FileNotFoundException)
        {
            return inAll(_whole.Value);
        }
    }
}
