using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning.Estimates;

namespace ScaleMs.Core.Planning;

/// <summary>A line of a plan.</summary>
/// <param name="Step">The instance.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Reason">Why.</param>
public sealed record PlannedStep(StepInstance Step, PlanKind Kind, Reason Reason)
{
    /// <summary>The action's key; null where it depends on what runs before.</summary>
    public ActionKey? Key { get; init; }

    /// <summary>How long it will probably take; null where it is not going to run, or nobody asked.</summary>
    public Prediction? Predicted { get; init; }

    /// <summary>How many attempts its last result took; 0 where it is not going to run, never ran, or nobody asked.</summary>
    public int FormerAttempts { get; init; }

    /// <summary>Whether it will run, or may.</summary>
    public bool Runs => Kind is PlanKind.Certain or PlanKind.Possible;
}
