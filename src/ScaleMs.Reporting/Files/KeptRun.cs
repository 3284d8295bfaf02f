using ScaleMs.Core.Events;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Reporting.Files;

/// <summary>What a run left in its <c>summary.json</c>.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Target">The target.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="WallSeconds">How long it took.</param>
/// <param name="Steps">The instances that were not up to date.</param>
public sealed record KeptRun(string Id, string Target, string Outcome, double WallSeconds, IReadOnlyList<KeptStep> Steps);

/// <summary>What a run left of one instance.</summary>
/// <param name="Id">The instance.</param>
/// <param name="Outcome">How it ended, in the vocabulary's word.</param>
/// <param name="Reason">Why it was judged as it was.</param>
/// <param name="Key">The action's key; null when it could not be computed.</param>
/// <param name="WallSeconds">Wall time of its execution in seconds; 0 when it did not run.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Failure">What failed; null when nothing did.</param>
public sealed record KeptStep(
    StepId Id, string Outcome, string Reason, ActionKey? Key, double WallSeconds, IReadOnlyList<OutputSummary> Outputs, string? Failure);
