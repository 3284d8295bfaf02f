using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;

namespace ScaleMs;

/// <summary>What the next run saves in each task when it finds nothing to do.</summary>
internal sealed class SavedSeconds
{
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);

    /// <summary>Counts those of a run that is done.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="state">The records as it left them; null for a run that executed nothing.</param>
    public static SavedSeconds Of(RunSummary summary, StoreState? state = null)
    {
        var saved = new SavedSeconds();
        foreach (var step in summary.Steps)
        {
            saved._seconds[step.Id.Task] = saved._seconds.GetValueOrDefault(step.Id.Task) + SecondsOf(step, state);
        }

        return saved;
    }

    /// <summary>The tasks, each with its seconds.</summary>
    public IReadOnlyList<TaskCount> In(IReadOnlyList<TaskCount> tasks) => [.. tasks.Select(task => task with { SavedSeconds = _seconds.GetValueOrDefault(task.Task) })];

    private static double SecondsOf(StepResult step, StoreState? state) =>
        step.Outcome == Outcome.Executed && state?.Steps.GetValueOrDefault(step.Id) is { } stands && state.Results.TryGetValue(stands.Key, out var result) ? result.WallSeconds : step.RecordedSeconds;
}
