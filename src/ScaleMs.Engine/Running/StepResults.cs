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
        List<OutputSummary> outputs = work.IsGood ? Outputs(work) : [];
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

    private static List<OutputSummary> Outputs(Work work)
    {
        var summaries = new List<OutputSummary>(work.Step.Outputs.Count);
        for (var i = 0; i < work.Step.Outputs.Count; i++)
        {
            var output = work.Step.Outputs[i];
            if (work.OutputOf(output.Path) is { IsAbsent: false } record)
            {
                summaries.Add(new OutputSummary((output.PublishTo ?? output.Path).Value, record.Bytes, LengthOf(work, output, record)));
            }
        }

        return summaries;
    }

    /// <summary>Of a directory, what the files in it have together.</summary>
    private static long LengthOf(Work work, Output output, OutputRecord record) =>
        output.IsTree ? work.Result!.RecordsOf(output).Where(file => file.Path != output.Path).Sum(file => file.Length) : record.Length;
}
