using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Planning.Estimates;

/// <summary>How long a plan will probably take.</summary>
/// <param name="CertainSeconds">Step time of what will run, in seconds.</param>
/// <param name="PossibleSeconds">Step time of what may run besides, in seconds.</param>
/// <param name="PathSeconds">The longest chain of steps that will or may run, in seconds: no number of cores ends it sooner.</param>
/// <param name="ElapsedSeconds">The wall time if all of it runs, in seconds: what the ready queue makes of the predicted times with the cores and all else at hand.</param>
/// <param name="Jobs">The cores.</param>
/// <param name="Unknown">How many instances have no predicted time; they count as nothing.</param>
public sealed record PlanEstimate(double CertainSeconds, double PossibleSeconds, double PathSeconds, double ElapsedSeconds, int Jobs, int Unknown)
{
    /// <summary>Estimates a plan whose steps have their times.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="capacity">What the steps may use at once.</param>
    /// <returns>The estimate; all zero when nothing runs.</returns>
    public static PlanEstimate Of(IReadOnlyList<PlannedStep> plan, WorkflowGraph graph, Resources capacity)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(capacity);
        var running = plan.Where(step => step.Runs).ToList();
        if (running.Count == 0)
        {
            return new PlanEstimate(0, 0, 0, 0, capacity.Cpus, 0);
        }

        var seconds = running.ToDictionary(step => step.Step.Id, Seconds);
        var run = new PredictedRun(graph, step => seconds.TryGetValue(step, out var time) ? time : null, capacity);
        return new PlanEstimate(
            running.Where(step => step.Kind == PlanKind.Certain).Sum(Seconds), running.Where(step => step.Kind == PlanKind.Possible).Sum(Seconds),
            run.LongestChain, run.WallSeconds(), capacity.Cpus, running.Count(step => step.Predicted?.Seconds is null));
    }

    private static double Seconds(PlannedStep step) => step.Predicted?.Seconds ?? 0;
}
