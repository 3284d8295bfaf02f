using System.Globalization;
using LiteDB;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.LiteDb;

/// <summary>The documents. Each has fields for people to query, and the record as the journal has it, from which answers are made.</summary>
/// <remarks>The journal's own text is kept because LiteDB's times have milliseconds and its numbers no unsigned 64 bits.</remarks>
internal sealed class RecordCollections
{
    private const string StepField = "step";
    private const string ActionsField = "actions";
    private const string PositionId = "position";

    private readonly ILiteCollection<BsonDocument> _actions;
    private readonly ILiteCollection<BsonDocument> _artifacts;
    private readonly ILiteCollection<BsonDocument> _steps;
    private readonly ILiteCollection<BsonDocument> _runs;
    private readonly ILiteCollection<BsonDocument> _fold;

    public RecordCollections(LiteDatabase file)
    {
        _actions = file.GetCollection("actions");
        _artifacts = file.GetCollection("artifacts");
        _steps = file.GetCollection("steps");
        _runs = file.GetCollection("runs");
        _fold = file.GetCollection("fold");
        _actions.EnsureIndex(StepField);
    }

    /// <summary>How far the journal is folded in; written with the documents, in one transaction.</summary>
    public JournalPosition Position
    {
        get => _fold.FindById(PositionId) is { } at ? new JournalPosition(at["epoch"].AsInt64, at["offset"].AsInt64) : JournalPosition.Start;
        set => _fold.Upsert(new BsonDocument { ["_id"] = PositionId, ["epoch"] = value.Epoch, ["offset"] = value.Offset });
    }

    public ActionResult? FindResult(ActionKey key) => Documents.Record<ActionResult>(_actions.FindById(key.ToString()));

    public StepStateRecord? FindState(StepId step) => Documents.Record<StepStateRecord>(_steps.FindById(Documents.Name(step)));

    public IEnumerable<ActionResult> ResultsOf(StepId step) =>
        _actions.Find(Query.EQ(StepField, Documents.Name(step))).Select(document => Documents.Record<ActionResult>(document)!);

    public IEnumerable<ActionResult> MakersOf(Digest bytes) => _artifacts.FindById(bytes.ToString()) is { } artifact
        ? artifact[ActionsField].AsArray.Select(key => Documents.Record<ActionResult>(_actions.FindById(key))!)
        : [];

    public IEnumerable<RunRecord> Runs() => _runs.FindAll().Select(document => Documents.Record<RunRecord>(document)!);

    public void PutResults(IEnumerable<ActionResult> results)
    {
        var makers = new Dictionary<Digest, BsonDocument>();
        foreach (var result in results)
        {
            // A result made again may have other outputs: the artifacts of the one before no longer come from it.
            foreach (var output in FindResult(result.Key)?.Outputs ?? [])
            {
                MakersIn(makers, output).Remove(result.Key.ToString());
            }

            foreach (var output in result.Outputs)
            {
                AddOnce(MakersIn(makers, output), result.Key.ToString());
            }

            _actions.Upsert(Documents.Of(result));
        }

        _artifacts.Upsert(makers.Values);
    }

    public void PutStates(IEnumerable<StepStateRecord> states) => _steps.Upsert(states.Select(Documents.Of));

    public void AddRuns(IEnumerable<RunRecord> runs) => _runs.Insert(runs.Select(Documents.Of));

    private BsonArray MakersIn(Dictionary<Digest, BsonDocument> makers, OutputRecord output)
    {
        if (!makers.TryGetValue(output.Bytes, out var artifact))
        {
            artifact = _artifacts.FindById(output.Bytes.ToString())
                ?? new BsonDocument { ["_id"] = output.Bytes.ToString(), ["bytes"] = output.Length, [ActionsField] = new BsonArray() };
            makers.Add(output.Bytes, artifact);
        }

        return artifact[ActionsField].AsArray;
    }

    private static void AddOnce(BsonArray keys, string key)
    {
        if (!keys.Contains(key))
        {
            keys.Add(key);
        }
    }
}
