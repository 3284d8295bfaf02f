using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Tells each event worth telling as lines that stay, in plain and in live form. Up-to-date instances are never told one by one.</summary>
/// <param name="options">How.</param>
/// <param name="view">The run as it is after the event.</param>
internal sealed class Narrator(ConsoleOptions options, RunView view)
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(30);

    private readonly Palette _palette = new(options.HasColour);
    private readonly AlikeFailures _failures = new();

    private bool IsLive => options.Progress == ProgressKind.Live;

    /// <summary>Whether steps are told as they come and go.</summary>
    private bool TellsSteps => options.Progress != ProgressKind.None && options.Verbosity != ReportVerbosity.Quiet;

    /// <summary>The lines that an event makes; none for most.</summary>
    public IEnumerable<string> Tell(RunEvent runEvent) => runEvent switch
    {
        RunEvent.StepFinished { Result.Outcome: Outcome.Failed } failed => Failure(failed.Result),
        RunEvent.Finished finished => [.. _failures.Rest().Select(line => line.Render(_palette)), .. new EndReport(options, finished.Summary, view.Notices).Lines()],
        _ when !TellsSteps => [],
        _ => LineOf(runEvent) is { } line ? [line.Render(_palette, Most)] : [],
    };

    private IEnumerable<string> Failure(StepResult failed) => (options.Verbosity == ReportVerbosity.Verbose ? Telling.Whole : _failures.Take(failed)) switch
    {
        Telling.Whole => FailureBlock.Of(failed, _palette),
        Telling.Announced => [_failures.Announcement(failed).Render(_palette)],
        _ => [],
    };

    /// <summary>Lines above the live area are cut so that they take one row; plain lines are whole.</summary>
    private int Most => IsLive ? options.Size().OrClassic().Columns - 1 : int.MaxValue;

    private Line? LineOf(RunEvent runEvent) => runEvent switch
    {
        RunEvent.Planned planned => Plan(planned),
        RunEvent.StepStarted started => Start(started),
        RunEvent.StepLogged { Record: var record } logged when record.Level > LogLevel.Debug || options.Verbosity == ReportVerbosity.Verbose => Logged(logged.Step, record),
        RunEvent.StepRetrying retrying => RetryWords.Of(retrying),
        RunEvent.StepFollowing following => new Line("wait", Ink.Notice, $"{following.Step}: another run makes it ({following.Leader})"),
        RunEvent.StepProgressed progressed => Progress(progressed),
        RunEvent.StepFinished finished => Finish(finished.Result),
        RunEvent.TaskStarted started => new Line("task", Ink.Active, started.Task),
        RunEvent.TaskFinished finished => EndOf(finished),
        // All notices are repeated at the end; where nothing ran in between once is enough.
        RunEvent.Noticed noticed when view.HasExecuted => new Line("notice", Ink.Notice, noticed.Text),
        _ => null,
    };

    private Line? Plan(RunEvent.Planned planned)
    {
        var (certain, possible) = (planned.Certain.Count, planned.Possible.Count);
        if (certain + possible == 0)
        {
            return null;
        }

        var more = possible > 0 ? FormattableString.Invariant($", {possible} more may") : string.Empty;
        return new Line("plan", Ink.Active, FormattableString.Invariant($"{view.Target}: {Human.Count(view.Instances, "step")}, {certain} to run{more}"));
    }

    private Line? Start(RunEvent.StepStarted started)
    {
        var special = (started.Attempt > 1, started.IsContinued) switch
        {
            (true, true) => FormattableString.Invariant($" (attempt {started.Attempt}, goes on from its checkpoint)"),
            (true, false) => FormattableString.Invariant($" (attempt {started.Attempt})"),
            (false, true) => " (goes on from its checkpoint)",
            _ => string.Empty,
        };
        // The live area shows what runs; only what is out of the ordinary gets a line there.
        return IsLive && special.Length == 0 ? null : new Line("start", Ink.Active, $"{started.Step}{special}: {started.Reason.Text}");
    }

    private Line? Progress(RunEvent.StepProgressed progressed)
    {
        if (IsLive || view.Find(progressed.Step) is not { } step || progressed.At - step.ToldAt < BetweenProgress)
        {
            return null;
        }

        step.ToldAt = progressed.At;
        var rest = step.RestAt(progressed.At) is > 0 and { } seconds ? $", about {Human.Estimate(seconds)} left" : string.Empty;
        return new Line("running", Ink.Active, $"{step.Id} ({Human.Duration(step.AgeAt(progressed.At))}): {Human.Progress(progressed.Progress)}{rest}");
    }

    private Line? Finish(StepResult result) => result.Outcome switch
    {
        Outcome.UpToDate => null,
        Outcome.Executed => Executed(result),
        _ when options.Verbosity != ReportVerbosity.Verbose => null,
        var other => new Line(Verbs.Of(other), Verbs.InkOf(other), $"{result.Id}: {result.Reason.Text}"),
    };

    /// <summary>In live form no line told the reason when the step began.</summary>
    private Line Executed(StepResult result)
    {
        var reason = IsLive ? $": {result.Reason.Text}" : string.Empty;
        return new Line("done", Ink.Good, $"{result.Id} ({Human.Duration(result.WallSeconds)}){reason}");
    }

    private static Line Logged(StepId step, LogRecord record)
    {
        var ink = record.Level switch { >= LogLevel.Error => Ink.Bad, LogLevel.Warning => Ink.Notice, _ => Ink.Faint };
        return new Line(LogJson.WordOf(record.Level), ink, $"{step}: {record.Text}");
    }

    private static Line EndOf(RunEvent.TaskFinished finished)
    {
        var isFailed = finished.Outcome == Outcome.Failed;
        return new Line(isFailed ? "failed" : "done", isFailed ? Ink.Bad : Ink.Good, $"task {finished.Task} ({Human.Duration(finished.WallSeconds)})");
    }
}
