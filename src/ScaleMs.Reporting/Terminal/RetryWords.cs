using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Tells that a step will be tried again: when, for which time, why, and where the failed attempt's log is.</summary>
internal static class RetryWords
{
    public static Line Of(RunEvent.StepRetrying retrying)
    {
        var (again, failure) = (retrying.Again, retrying.Failure);
        var when = again.Delay > TimeSpan.Zero ? $"in {Human.Duration(again.Delay.TotalSeconds)}" : "at once";
        var log = failure.LogPath is { } path ? $"; log {path}" : string.Empty;
        var what = FormattableString.Invariant($"attempt {retrying.Attempt} of {again.Most}{Granted(failure.Class, again.Resources)}");
        return new Line("retry", Ink.Notice, $"{retrying.Step} {when} ({what}), {FailureWords.Of(failure.Class)}: {failure.Message}{log}");
    }

    private static string Granted(FailureClass kind, Resources granted) => kind switch
    {
        FailureClass.TimeLimit when granted.TimeLimit is { } limit => $", with {Human.Duration(limit.TotalSeconds)}",
        FailureClass.OutOfMemory => $", with {Memory(granted.MemoryBytes)}",
        _ => string.Empty,
    };

    /// <summary>In the units in which memory is claimed.</summary>
    private static string Memory(long bytes) => bytes < 1L << 30 ? FormattableString.Invariant($"{bytes / 1048576.0:0.##} MiB") : FormattableString.Invariant($"{bytes / 1073741824.0:0.##} GiB");
}
