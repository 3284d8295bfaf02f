using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.LiteDb;

/// <summary>Gathers what a stretch of the journal comes to, so that each document is written once.</summary>
internal sealed class RecordFold
{
    private readonly Dictionary<ActionKey, ActionResult> _results = [];
    private readonly Dictionary<StepId, StepStateRecord> _states = [];
    private readonly List<RunRecord> _runs = [];

    public void Take(StoreRecord record)
    {
        switch (record)
        {
            case ActionResult result:
                _results[result.Key] = result;
                break;
            case StepStateRecord state:
                _states[state.Step] = state;
                break;
            case RunRecord run:
                _runs.Add(run);
                break;
        }
    }

    public void WriteTo(RecordCollections collections)
    {
        collections.PutResults(_results.Values);
        collections.PutStates(_states.Values);
        collections.AddRuns(_runs);
    }
}
