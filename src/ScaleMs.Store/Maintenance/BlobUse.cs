using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Maintenance;

/// <summary>Who names a blob, and what it would cost to make it again.</summary>
/// <param name="owner">The step that was found to name it.</param>
internal sealed class BlobUse(StepId owner)
{
    /// <summary>Whether a result names it that a step stands at, that a run to be kept made, or whether it is published.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>Whether results of more than one step name it.</summary>
    public bool IsShared { get; private set; }

    /// <summary>The first of its steps, current ones before others, in ordinal order.</summary>
    public StepId Owner { get; private set; } = owner;

    /// <summary>The result that is made fastest among those that name it; null when only the manifest does.</summary>
    public ActionResult? Cheapest { get; private set; }

    /// <summary>When the newest of its results was finished.</summary>
    public DateTimeOffset Newest { get; private set; }

    public void Add(ActionResult result, bool isCurrent)
    {
        IsShared |= Cheapest is not null && Owner != result.Step;
        if (Cheapest is null || IsBefore(result.Step, isCurrent))
        {
            Owner = result.Step;
        }

        IsCurrent |= isCurrent;
        Newest = Cheapest is null || result.FinishedAt > Newest ? result.FinishedAt : Newest;
        Cheapest = Cheapest is null || CostOf(result) < CostOf(Cheapest) ? result : Cheapest;
    }

    public void AddPublished(StepId step)
    {
        Owner = Cheapest is null ? step : Owner;
        IsCurrent = true;
    }

    /// <summary>What was imported was made elsewhere, and nobody knows at what cost: anything else is cheaper.</summary>
    private static double CostOf(ActionResult result) => result.ImportedFrom is null ? result.WallSeconds : double.PositiveInfinity;

    private bool IsBefore(StepId step, bool isCurrent) =>
        isCurrent != IsCurrent ? isCurrent : string.CompareOrdinal(step.ToString(), Owner.ToString()) < 0;
}
