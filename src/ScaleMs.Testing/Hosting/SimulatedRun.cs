using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Running;

namespace ScaleMs.Testing;

/// <summary>What came of a simulated run.</summary>
/// <param name="Report">The engine's report; null when the host crashed.</param>
/// <param name="Events">The events, up to the crash.</param>
/// <param name="Changes">How many changes of disk and store the run made or tried.</param>
public sealed record SimulatedRun(RunReport? Report, IReadOnlyList<RunEvent> Events, int Changes)
{
    /// <summary>Whether the host crashed.</summary>
    public bool HasCrashed => Report is null;

    /// <summary>The results of all steps that were settled; a step that was opened again is told by its last one.</summary>
    public IReadOnlyList<StepResult> Results => Report?.Summary.Steps ??
        Events.OfType<RunEvent.StepFinished>().Select(finished => finished.Result).GroupBy(result => result.Id).Select(group => group.Last()).ToList();

    /// <summary>The steps that ended in some way.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>Their ids, in order.</returns>
    public IReadOnlyList<StepId> Of(Outcome outcome) => Results.Where(result => result.Outcome == outcome).Select(result => result.Id).Order(Comparer<StepId>.Default).ToList();
}
