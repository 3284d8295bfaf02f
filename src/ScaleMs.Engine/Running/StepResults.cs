using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Engine.Running;

/// <summary>Says of a settled node what observers and the summary need.</summary>
internal static class StepResults
{
    public static StepResult Of(Work work, Outcome outcome, Reason reason, string launcher)
    {
        var ran = work.Attempts.Count > 0;
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
            Outputs = work.IsGood ? Outputs(work) : [],
            Failure = work.Failure,
        };
    }

    private static OutputSummary[] Outputs(Work work)
    {
        var summaries = new OutputSummary[work.Step.Outputs.Count];
        for (var i = 0; i < summaries.Length; i++)
        {
            var output = work.Step.Outputs[i];
            var record = work.OutputOf(output.Path);
            summaries[i] = new OutputSummary((output.PublishTo ?? output.Path).Value, record.Bytes, record.Length);
        }

        return summaries;
    }
}
