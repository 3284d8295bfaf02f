using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Engine.Places;

namespace ScaleMs.Testing;

/// <summary>How a simulated run goes.</summary>
public sealed record SimulatedRunOptions
{
    /// <summary>The name of the place where steps run that name none.</summary>
    public string Launcher { get; init; } = Place.Here;

    /// <summary>Whether independent steps go on after a failure.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>Whether verdicts are only told and nothing is executed; the plan's document is made too.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Which instances may execute, and which execute although they are up to date.</summary>
    public StepSelection Selection { get; init; } = StepSelection.All;

    /// <summary>Source files that a plan takes for changed.</summary>
    public IReadOnlyList<string> Supposed { get; init; } = [];

    /// <summary>The reviewed plan that is applied; null for an ordinary run.</summary>
    public PlanDocument? Approved { get; init; }

    /// <summary>The host crashes after this virtual time; null for never.</summary>
    public TimeSpan? CrashAfter { get; init; }

    /// <summary>The host crashes instead of making its n-th change of disk or store, from 1; null for never.</summary>
    public int? CrashAtChange { get; init; }

    /// <summary>The run is interrupted, as by Ctrl-C, after this virtual time; null for never.</summary>
    public TimeSpan? InterruptAfter { get; init; }

    /// <summary>Steps that are cancelled after this virtual time, as by <c>scalems cancel --steps</c>; null for none.</summary>
    public SimulatedCancellation? CancelSteps { get; init; }
}
