using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Terminal;

/// <summary>What not running saved.</summary>
internal static class TimeSaved
{
    /// <summary>Seconds that the recorded executions of up-to-date and restored instances took; blocked ones save nothing, they are still to come.</summary>
    public static double By(IEnumerable<StepResult> steps)
    {
        var seconds = 0.0;
        foreach (var step in steps)
        {
            seconds += step.Outcome is Outcome.UpToDate or Outcome.Restored ? step.RecordedSeconds : 0;
        }

        return seconds;
    }
}
