using ScaleMs.Core.Events;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>What a workflow has besides a part of it that is run: up to date, and counted only.</summary>
internal static class SettledRest
{
    /// <summary>The instances that are not here, by task; tasks of which all are here are left out.</summary>
    /// <param name="definition">The part.</param>
    /// <param name="state">The records as the last run left them.</param>
    public static IReadOnlyList<TaskCount> Of(WorkflowDefinition definition, StoreState state)
    {
        var rest = new List<TaskCount>();
        foreach (var whole in definition.Settled?.Whole ?? [])
        {
            var here = definition.Steps.Where(step => step.Id.Task == whole.Task).Select(step => step.Id).ToList();
            if (here.Count < whole.Steps)
            {
                rest.Add(new TaskCount(whole.Task, whole.Steps - here.Count) { SavedSeconds = Math.Max(0, whole.SavedSeconds - here.Sum(step => LastRun.ResultOf(step, state)?.WallSeconds ?? 0)) });
            }
        }

        return rest;
    }

    /// <summary>Results with those of the rest. Nobody names them: one stands for all of a task.</summary>
    public static IReadOnlyList<StepResult> With(IReadOnlyList<StepResult> results, IReadOnlyList<TaskCount> rest) =>
        rest.Count == 0 ? results : [.. results, .. rest.SelectMany(task => Enumerable.Repeat(StandFor(task), task.Steps))];

    private static StepResult StandFor(TaskCount task) => new()
    {
        Id = new StepId(task.Task, task.Task),
        Outcome = Outcome.UpToDate,
        Reason = new Reason("up-to-date", string.Empty),
        RecordedSeconds = task.SavedSeconds / task.Steps,
    };
}
