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
            Key = work.Closed?.Key.ToString() ?? string.Empty,
            WallSeconds = work.WallSeconds,
            RecordedSeconds = ran ? 0 : work.Result?.WallSeconds ?? 0,
            Attempts = [.. work.Attempts],
            Launcher = ran ? work.Result?.Launcher ?? launcher : string.Empty,
            IsContinued = ran && work.Result?.IsContinued == true,
            Outputs = work.IsGood ? Outputs(work) : [],
            Failure = work.Failure,
        };
    }

    private static List<OutputSummary> Outputs(Work work) => work.Step.Outputs
        .Select(output => (output, record: work.OutputOf(output.Path)))
        .Select(pair => new OutputSummary((pair.output.PublishTo ?? pair.output.Path).Value, pair.record.Bytes.ToString(), pair.record.Length))
        .ToList();
}
