using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Terminal;

/// <summary>What not running saved.</summary>
internal static class TimeSaved
{
    /// <summary>Seconds that the recorded executions of up-to-date and restored instances took; blocked ones save nothing, they are still to come.</summary>
    public static double By(IEnumerable<StepResult> steps) =>
        steps.Where(step => step.Outcome is Outcome.UpToDate or Outcome.Restored).Sum(step => step.RecordedSeconds);
}
