using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Files;

/// <summary>Decides which runs leave a folder behind: those in which something was executed, restored or went wrong.</summary>
/// <remarks>One rule for the event log and the summary, so that a folder never holds only one of them.</remarks>
public static class WorthKeeping
{
    /// <summary>Whether an event makes its run worth keeping.</summary>
    /// <param name="runEvent">The event.</param>
    /// <returns>False for what a null run tells too: that it began, what it knows, what is up to date, notices, plain tasks that went well.</returns>
    public static bool Is(RunEvent runEvent) => runEvent switch
    {
        RunEvent.StepStarted => true,
        RunEvent.StepFinished finished => finished.Result.Outcome is not (Outcome.UpToDate or Outcome.Skipped),
        RunEvent.TaskFinished finished => finished.Outcome == Outcome.Failed,
        RunEvent.Finished finished => Is(finished.Summary),
        _ => false,
    };

    /// <summary>Whether a run's summary is worth keeping.</summary>
    /// <param name="summary">The summary.</param>
    /// <returns>False when everything was up to date or skipped and the run is done.</returns>
    public static bool Is(RunSummary summary) =>
        summary.Outcome != "done" ||
        summary.Counts is not { Restored: 0, Executed: 0, Failed: 0, Blocked: 0, Cancelled: 0 };
}
