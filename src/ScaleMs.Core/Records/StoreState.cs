using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Records;

/// <summary>The folded journal: what the records together say. Applying the same records in the same order gives the same state.</summary>
public sealed class StoreState
{
    private readonly Dictionary<ActionKey, ActionResult> _results = [];
    private readonly RecordTable<StepId, Stand, StepStateRecord> _steps = new(
        state => new Stand(state.Key, state.RunId, state.At.UtcTicks), (step, stand) => new StepStateRecord(step, stand.Key, stand.RunId, new DateTimeOffset(stand.Ticks, TimeSpan.Zero)));

    private readonly GuardedTable<string, FileFactRecord> _files = new(StringComparer.Ordinal);
    private readonly RecordTable<ArtifactPath, Publication, PublishedRecord> _published = new(
        published => new Publication(published.Step, published.Bytes), (path, publication) => new PublishedRecord(path, publication.Step, publication.Bytes));

    private readonly Dictionary<string, ToolFactRecord> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<Action, List<IntentRecord>> _intents = [];
    private readonly List<RunRecord> _runs = [];
    private readonly IRecordSource? _source;

    /// <summary>Makes a state of no records.</summary>
    public StoreState()
    {
        (Results, Steps, Files, Published, Tools) = (_results, _steps, _files, _published, _tools);
    }

    /// <summary>Makes a state whose records are found one by one: as much as is asked for is read, and all for what can only be told of all.</summary>
    /// <param name="source">Where they are. The state takes no further record.</param>
    public StoreState(IRecordSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        Results = new FoundRecords<ActionKey, ActionResult>(source.FindResult, () => Whole.Results);
        Steps = new FoundRecords<StepId, StepStateRecord>(source.FindState, () => Whole.Steps);
        Files = new FoundRecords<string, FileFactRecord>(source.FindFile, () => Whole.Files);
        Published = new FoundRecords<ArtifactPath, PublishedRecord>(source.FindPublished, () => Whole.Published);
        Tools = new FoundRecords<string, ToolFactRecord>(source.FindTool, () => Whole.Tools);
    }

    /// <summary>Action results by key.</summary>
    public IReadOnlyDictionary<ActionKey, ActionResult> Results { get; }

    /// <summary>Step states by instance.</summary>
    public IReadOnlyDictionary<StepId, StepStateRecord> Steps { get; }

    /// <summary>File facts by path. Any thread may ask for one.</summary>
    public IReadOnlyDictionary<string, FileFactRecord> Files { get; }

    /// <summary>The publish manifest by path.</summary>
    public IReadOnlyDictionary<ArtifactPath, PublishedRecord> Published { get; }

    /// <summary>Tool facts by probe.</summary>
    public IReadOnlyDictionary<string, ToolFactRecord> Tools { get; }

    /// <summary>Runs, oldest first.</summary>
    public IReadOnlyList<RunRecord> Runs => Whole._runs;

    /// <summary>How many records the state stands for: what a snapshot of it would hold.</summary>
    public int Count => Whole.CountAll();

    private StoreState Whole => _source?.ReadAll() ?? this;

    /// <summary>The results that an instance made first.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>The results, in no order.</returns>
    public IEnumerable<ActionResult> ResultsOf(StepId step) => _source is null ? _results.Values.Where(result => result.Step == step) : _source.ResultsOf(step);

    /// <summary>Attempts begun for an action that no result has closed: they were interrupted or failed.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="key">The action's key.</param>
    /// <returns>The intents, oldest first.</returns>
    public IReadOnlyList<IntentRecord> OpenIntents(StepId step, ActionKey key) =>
        Whole._intents.TryGetValue(new Action(step, key), out var open) ? open : [];

    /// <summary>All attempts begun that no result has closed.</summary>
    /// <returns>The intents, those of one action oldest first.</returns>
    public IEnumerable<IntentRecord> AllOpenIntents() => Whole._intents.Values.SelectMany(list => list);

    /// <summary>Makes room for records that are to come, so that the tables need not grow again and again.</summary>
    /// <param name="records">About how many; most are results, states, files and published paths in about equal parts, but for sources, which are files too.</param>
    public void Expect(int records)
    {
        var each = records / 4;
        _results.EnsureCapacity(each);
        _steps.Expect(each);
        _files.Expect(each + (records / 16));
        _published.Expect(each);
    }

    /// <summary>Takes one record.</summary>
    /// <param name="record">The next record of the journal.</param>
    /// <exception cref="InvalidOperationException">The records are found one by one.</exception>
    public void Apply(StoreRecord record)
    {
        if (_source is not null)
        {
            throw new InvalidOperationException("These records are only read.");
        }

        switch (record)
        {
            case IntentRecord intent:
                AddIntent(intent);
                break;
            case ActionResult result:
                // The first committed record wins, so that what consumers were keyed on stays what it was; a re-made one
                // with other identities replaces it, because the bytes of the first are gone.
                _results[result.Key] = result;
                _intents.Remove(new Action(result.Step, result.Key));
                break;
            case StepStateRecord state:
                _steps.Set(state.Step, state);
                break;
            case FileFactRecord file:
                _files.Set(file.Path, file);
                break;
            case PublishedRecord published:
                _published.Set(published.Path, published);
                break;
            case UnpublishedRecord unpublished:
                _published.Remove(unpublished.Path);
                break;
            case ToolFactRecord tool:
                _tools[tool.Probe] = tool;
                break;
            case RunRecord run:
                _runs.Add(run);
                break;
            default:
                throw new InvalidOperationException($"Unknown record {record.GetType().Name}.");
        }
    }

    /// <summary>The shortest list of records that gives this state.</summary>
    /// <returns>Records in an order that <see cref="Apply"/> accepts.</returns>
    public IEnumerable<StoreRecord> Snapshot() => Whole.Records();

    private IEnumerable<StoreRecord> Records() =>
        _results.Values.Cast<StoreRecord>()
            .Concat(_steps.Values)
            .Concat(_files.Values)
            .Concat(_published.Values)
            .Concat(_tools.Values)
            .Concat(_intents.Values.SelectMany(list => list))
            .Concat(_runs);

    private int CountAll() =>
        _results.Count + _steps.Count + _files.Count + _published.Count + _tools.Count + _runs.Count + _intents.Values.Sum(list => list.Count);

    private void AddIntent(IntentRecord intent)
    {
        var action = new Action(intent.Step, intent.Key);
        if (!_intents.TryGetValue(action, out var open))
        {
            _intents[action] = open = [];
        }

        open.Add(intent);
    }

    private sealed record Action(StepId Step, ActionKey Key);

    private readonly record struct Stand(ActionKey Key, string RunId, long Ticks);

    private readonly record struct Publication(StepId Step, Digest Bytes);
}
