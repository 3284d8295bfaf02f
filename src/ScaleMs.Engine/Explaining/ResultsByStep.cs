using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Explaining;

/// <summary>Finds the recorded results of an instance in the folded records: by looking through them, since only a few instances are asked for.</summary>
internal sealed class ResultsByStep(StoreState state)
{
    private readonly Dictionary<StepId, IReadOnlyList<ActionResult>> _found = [];

    /// <summary>An instance's results, newest first.</summary>
    public IReadOnlyList<ActionResult> Of(StepId step)
    {
        if (!_found.TryGetValue(step, out var results))
        {
            _found[step] = results = [.. state.Results.Values.Where(result => result.Step == step)
                .OrderByDescending(result => result.FinishedAt.UtcTicks).ThenByDescending(result => result.Key.ToString(), StringComparer.Ordinal)];
        }

        return results;
    }
}
