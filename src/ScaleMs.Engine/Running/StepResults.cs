using ScaleMs.Core.Events;

namespace ScaleMs.Engine.Running;

/// <summary>Says of a settled node what observers and the summary need.</summary>
internal static class StepResults
{
    public static StepResult Of(Work work, string launcher)
    {
        var ran = HasRun(work);
        return new StepResult
        {
            Id = work.Step.Id,
            Outcome = work.Outcome!.Value,
            Reason = work.Why!,
            Key = work.Key,
            WallSeconds = work.WallSeconds,
            RecordedSeconds = ran ? 0 : work.Result?.WallSeconds ?? 0,
            Attempts = work.Attempts,
            Launcher = ran ? work.Result?.Launcher ?? launcher : string.Empty,
            IsContinued = ran && work.Result?.IsContinued == true,
            Outputs = work.IsGood ? new OutputSummaries(work.Step, work.Result!) : [],
            Metrics = work.Metrics,
            Failure = work.Failure,
            ImportedFrom = work.IsGood ? work.Result?.ImportedFrom : null,
        };
    }

    /// <summary>What the node took in this run, before it lets go of how that was counted; null when it did not run.</summary>
    /// <remarks>One that ran, was opened again and is settled now without another attempt took what it took then.</remarks>
    public static StepMetrics? MetricsOf(Work work) => HasRun(work) && work.Consumption is { } consumption
        ? consumption.Of(work.IsGood ? new OutputSummaries(work.Step, work.Result!) : [])
        : work.Metrics;

    private static bool HasRun(Work work) => work.Attempts.Count > 0;
}
