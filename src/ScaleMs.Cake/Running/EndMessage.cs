using ScaleMs.Core.Events;

namespace ScaleMs;

/// <summary>The last word on a run that is not done.</summary>
internal static class EndMessage
{
    public static string Of(RunSummary summary) => summary.Outcome == "interrupted"
        ? OfInterrupted(summary.Target)
        : $"{summary.Target} failed: {summary.Counts.Failed} failed, {summary.Counts.Blocked} blocked, {summary.Counts.Cancelled} not started.";

    public static string OfInterrupted(string target) => $"{target} was interrupted; the next run goes on from here.";
}
