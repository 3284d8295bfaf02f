using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Explaining;

/// <summary>The recorded results of instances, newest first; only a few are asked for.</summary>
internal sealed class ResultsByStep(StoreState state)
{
    private readonly Dictionary<StepId, IReadOnlyList<ActionResult>> _found = [];

    /// <summary>An instance's results, newest first.</summary>
    public IReadOnlyList<ActionResult> Of(StepId step)
    {
        if (!_found.TryGetValue(step, out var results))
        {
            _found[step] = results = [.. state.ResultsOf(step)
                .OrderByDescending(result => result.FinishedAt.UtcTicks).ThenByDescending(result => result.Key.ToString(), StringComparer.Ordinal)];
        }

        return results;
    }
}
