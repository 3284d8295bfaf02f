using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Records;

/// <summary>The folded journal: what the records together say. Applying the same records in the same order gives the same state.</summary>
public sealed class StoreState
{
    private readonly Dictionary<ActionKey, ActionResult> _results = [];
    private readonly Dictionary<StepId, StepStateRecord> _steps = [];
    private readonly Dictionary<string, FileFactRecord> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<ArtifactPath, PublishedRecord> _published = [];
    private readonly Dictionary<string, ToolFactRecord> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<Action, List<IntentRecord>> _intents = [];
    private readonly List<RunRecord> _runs = [];

    /// <summary>Action results by key.</summary>
    public IReadOnlyDictionary<ActionKey, ActionResult> Results => _results;

    /// <summary>Step states by instance.</summary>
    public IReadOnlyDictionary<StepId, StepStateRecord> Steps => _steps;

    /// <summary>File facts by path.</summary>
    public IReadOnlyDictionary<string, FileFactRecord> Files => _files;

    /// <summary>The publish manifest by path.</summary>
    public IReadOnlyDictionary<ArtifactPath, PublishedRecord> Published => _published;

    /// <summary>Tool facts by probe.</summary>
    public IReadOnlyDictionary<string, ToolFactRecord> Tools => _tools;

    /// <summary>Runs, oldest first.</summary>
    public IReadOnlyList<RunRecord> Runs => _runs;

    /// <summary>How many records the state stands for: what a snapshot of it would hold.</summary>
    public int Count => _results.Count + _steps.Count + _files.Count + _published.Count + _tools.Count + _runs.Count + _intents.Values.Sum(list => list.Count);

    /// <summary>Attempts begun for an action that no result has closed: they were interrupted or failed.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="key">The action's key.</param>
    /// <returns>The intents, oldest first.</returns>
    public IReadOnlyList<IntentRecord> OpenIntents(StepId step, ActionKey key) =>
        _intents.TryGetValue(new Action(step, key), out var open) ? open : [];

    /// <summary>Makes room for records that are to come, so that the tables need not grow again and again.</summary>
    /// <param name="records">About how many; most are results, states, files and published paths in about equal parts.</param>
    public void Expect(int records)
    {
        var each = (records / 4) + (records / 16);
        _results.EnsureCapacity(each);
        _steps.EnsureCapacity(each);
        _files.EnsureCapacity(each);
        _published.EnsureCapacity(each);
    }

    /// <summary>Takes one record.</summary>
    /// <param name="record">The next record of the journal.</param>
    public void Apply(StoreRecord record)
    {
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
                _steps[state.Step] = state;
                break;
            case FileFactRecord file:
                _files[file.Path] = file;
                break;
            case PublishedRecord published:
                _published[published.Path] = published;
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
    public IEnumerable<StoreRecord> Snapshot() =>
        _results.Values.Cast<StoreRecord>()
            .Concat(_steps.Values)
            .Concat(_files.Values)
            .Concat(_published.Values)
            .Concat(_tools.Values)
            .Concat(_intents.Values.SelectMany(list => list))
            .Concat(_runs);

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
}
