using ScaleMs.Core.Events;

namespace ScaleMs.Reporting.Control;

/// <summary>An instance that failed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Class">The class of its failure.</param>
/// <param name="Message">What happened.</param>
/// <param name="Log">Its log, as the run tells it; null when there is none.</param>
public sealed record FailedStatus(string Id, string Class, string Message, string? Log)
{
    internal static FailedStatus Of(StepResult result) =>
        new(result.Id.ToString(), result.Failure?.Class.ToString() ?? string.Empty, result.Failure?.Message ?? result.Reason.Text, result.Failure?.LogPath);
}
