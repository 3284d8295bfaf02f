using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>Says of a settled node what observers and the summary need.</summary>
internal static class StepResults
{
    public static StepResult Of(Work work, Outcome outcome, Reason reason, string launcher)
    {
        var ran = work.Attempts.Count > 0;
        IReadOnlyList<OutputSummary> outputs = work.IsGood ? new OutputSummaries(work.Step, work.Result!) : [];
        return new StepResult
        {
            Id = work.Step.Id,
            Outcome = outcome,
            Reason = reason,
            Key = work.Key,
            WallSeconds = work.WallSeconds,
            RecordedSeconds = ran ? 0 : work.Result?.WallSeconds ?? 0,
            Attempts = work.Attempts,
            Launcher = ran ? work.Result?.Launcher ?? launcher : string.Empty,
            IsContinued = ran && work.Result?.IsContinued == true,
            Outputs = outputs,
            Metrics = ran ? work.Consumption!.Of(outputs) : null,
            Failure = work.Failure,
            ImportedFrom = work.IsGood ? work.Result?.ImportedFrom : null,
        };
    }
}
