using ScaleMs.Core.Model;
using ScaleMs.Reporting.Control;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Tool.Wording;

/// <summary>How far a run is, as lines.</summary>
internal static class StatusText
{
    private const int MostListed = 20;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(RunStatus status) => new[] { Head(status), Counts(status) }
        .Concat(Most(status.Running, step => $"running   {Of(step)}"))
        .Concat(status.Tasks.Select(task => $"running   task {task}"))
        .Concat(Most(status.Failed, step => $"failed    {Of(step)}"))
        .Concat(Facts(status))
        .Where(line => line.Length > 0)
        .Select(Printable.Of);

    private static string Head(RunStatus status) => status.State switch
    {
        RunState.Running => $"running   {Run(status)} since {Time(status.StartedAt)} ({Since(status)}){Process(status.Note)}",
        RunState.Starting => $"starting  {status.Remark}",
        RunState.Lost => $"lost      {Run(status)}, begun {Time(status.StartedAt)}{Process(status.Note)}; last heard of {Time(status.At)}",
        RunState.Ended => $"ended     {Run(status)} at {Time(status.Note?.End?.At ?? status.At)} after {Since(status)}{(status.Outcome is { } outcome ? $": {outcome}" : string.Empty)}{Code(status.Note)}",
        _ => "nothing   runs here, and no run left anything to tell",
    };

    private static string Run(RunStatus status) => $"run {status.Run} of {status.Target}";

    private static string Process(RunNote? note) => note is null ? string.Empty : FormattableString.Invariant($", process {note.Pid} on host '{note.Host}'{(note.IsDetached ? ", detached" : string.Empty)}");

    private static string Code(RunNote? note) => note?.End is { } end ? FormattableString.Invariant($", exit code {end.ExitCode}") : string.Empty;

    private static string Time(DateTimeOffset? time) => time is { } at ? FormattableString.Invariant($"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC") : "an unknown time";

    private static string Since(RunStatus status) => Human.Duration(((status.Note?.End?.At ?? status.At) - (status.StartedAt ?? status.At)).TotalSeconds);

    private static string Counts(RunStatus status)
    {
        var counts = status.Counts;
        var parts = new (int Count, string Word)[]
        {
            (counts.Executed, "executed"), (counts.Restored, "restored"), (counts.UpToDate, "up to date"), (counts.Failed, "failed"), (counts.Blocked, "blocked"), (counts.Skipped, "skipped"),
            (counts.Cancelled, "cancelled"), (status.Running.Count, status.State == RunState.Lost ? "were running" : "running"), (status.ToGo, "to go"), (status.Again, "of them to be tried again"),
        };
        var told = string.Join(", ", parts.Where(part => part.Count > 0).Select(part => FormattableString.Invariant($"{part.Count} {part.Word}")));
        var rest = status is { State: RunState.Running, RestSeconds: { } seconds } ? $"; about {Human.Estimate(seconds)} left" : string.Empty;
        return told.Length == 0 ? string.Empty : $"steps     {told}{rest}";
    }

    private static IEnumerable<string> Most<T>(IReadOnlyList<T> all, Func<T, string> line) => all.Take(MostListed).Select(line)
        .Concat(all.Count > MostListed ? [FormattableString.Invariant($"          and {all.Count - MostListed} more: --json lists them")] : []);

    private static string Of(RunningStatus step)
    {
        var progress = step.Done is { } done ? ", " + Human.Progress(new Progress(done, step.Total ?? 0, step.Unit ?? string.Empty, step.Rate ?? string.Empty)) : string.Empty;
        var rest = step.RestSeconds is > 0 and { } seconds ? $", about {Human.Estimate(seconds)} left" : string.Empty;
        return $"{step.Id} ({Human.Duration(step.Seconds)}){progress}{rest}";
    }

    private static string Of(FailedStatus step) => $"{step.Id}: {(step.Class.Length > 0 ? step.Class + ": " : string.Empty)}{step.Message}{(step.Log is { } log ? $"; log {log}" : string.Empty)}";

    private static IEnumerable<string> Facts(RunStatus status)
    {
        if (status.Note?.Output is { } output)
        {
            yield return $"output    {output}";
        }

        if (status is { Remark: { } remark, State: not RunState.Starting })
        {
            yield return $"note      {remark}";
        }
    }
}
