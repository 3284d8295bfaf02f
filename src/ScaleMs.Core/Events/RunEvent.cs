using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;
using ScaleMs.Core.Tracing;

namespace ScaleMs.Core.Events;

/// <summary>A change of state in a run. Console, log files, summary and report are views on the stream of these.</summary>
/// <param name="At">When.</param>
public abstract record RunEvent(DateTimeOffset At)
{
    /// <summary>The run began.</summary>
    /// <param name="At">When.</param>
    /// <param name="RunId">The run's id: time and a counter, sortable.</param>
    /// <param name="Target">The target.</param>
    /// <param name="Workspace">The workspace's absolute path.</param>
    public sealed record Started(DateTimeOffset At, string RunId, string Target, string Workspace) : RunEvent(At);

    /// <summary>The graph is known and checked.</summary>
    /// <param name="At">When.</param>
    /// <param name="Instances">How many instances there are.</param>
    /// <param name="Expected">Durations from history in seconds by instance, for those that have one.</param>
    public sealed record Defined(DateTimeOffset At, int Instances, IReadOnlyDictionary<StepId, double> Expected) : RunEvent(At);

    /// <summary>A continuation went on, or will not in this run: the task has these instances besides, and so many continuations more.</summary>
    /// <param name="At">When.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Steps">The new instances; none when it does not go on.</param>
    /// <param name="Continuations">How many further continuations it declared.</param>
    /// <param name="Expected">Durations from history in seconds by instance, for those that have one.</param>
    public sealed record Expanded(
        DateTimeOffset At, string Task, IReadOnlyList<StepInstance> Steps, int Continuations, IReadOnlyDictionary<StepId, double> Expected) : RunEvent(At);

    /// <summary>Planning found which instances run for certain or possibly; a first picture for progress and time left.</summary>
    /// <param name="At">When.</param>
    /// <param name="Certain">Instances that will run.</param>
    /// <param name="Possible">Instances that may run: early cut-off may spare them.</param>
    public sealed record Planned(DateTimeOffset At, IReadOnlyList<StepId> Certain, IReadOnlyList<StepId> Possible) : RunEvent(At)
    {
        /// <summary>Durations from history, where a stream that was kept tells them here rather than with <see cref="Defined"/>; else null.</summary>
        public IReadOnlyDictionary<StepId, double>? Expected { get; init; }
    }

    /// <summary>An instance is about to be executed.</summary>
    /// <param name="At">When.</param>
    /// <param name="Step">The instance.</param>
    /// <param name="Reason">Why it runs.</param>
    /// <param name="Attempt">The attempt's number, from 1.</param>
    /// <param name="IsContinued">Whether it goes on from a checkpoint.</param>
    public sealed record StepStarted(DateTimeOffset At, StepId Step, Reason Reason, int Attempt, bool IsContinued) : RunEvent(At);

    /// <summary>An attempt failed, and there will be another one.</summary>
    /// <param name="At">When.</param>
    /// <param name="Step">The instance.</param>
    /// <param name="Failure">Why the attempt failed.</param>
    /// <param name="Again">What follows.</param>
    /// <param name="Attempt">The next attempt's number in this run, from 2.</param>
    public sealed record StepRetrying(DateTimeOffset At, StepId Step, Failure Failure, RetryDecision.Again Again, int Attempt) : RunEvent(At);

    /// <summary>An instance that was to run waits, for another run makes the same.</summary>
    /// <param name="At">When.</param>
    /// <param name="Step">The instance.</param>
    /// <param name="Leader">Who makes it, for people.</param>
    public sealed record StepFollowing(DateTimeOffset At, StepId Step, string Leader) : RunEvent(At);

    /// <summary>A running instance wrote a log record.</summary>
    /// <param name="At">When it was read.</param>
    /// <param name="Step">The instance.</param>
    /// <param name="Record">The record.</param>
    public sealed record StepLogged(DateTimeOffset At, StepId Step, LogRecord Record) : RunEvent(At);

    /// <summary>A running instance told how far it is.</summary>
    /// <param name="At">When.</param>
    /// <param name="Step">The instance.</param>
    /// <param name="Progress">How far.</param>
    public sealed record StepProgressed(DateTimeOffset At, StepId Step, Progress Progress) : RunEvent(At);

    /// <summary>An instance is settled.</summary>
    /// <param name="At">When.</param>
    /// <param name="Result">How.</param>
    public sealed record StepFinished(DateTimeOffset At, StepResult Result) : RunEvent(At);

    /// <summary>A plain task began.</summary>
    /// <param name="At">When.</param>
    /// <param name="Task">The task.</param>
    public sealed record TaskStarted(DateTimeOffset At, string Task) : RunEvent(At);

    /// <summary>A plain task ended.</summary>
    /// <param name="At">When.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Outcome">How.</param>
    /// <param name="WallSeconds">How long it took.</param>
    public sealed record TaskFinished(DateTimeOffset At, string Task, Outcome Outcome, double WallSeconds) : RunEvent(At);

    /// <summary>Something the user should know: an edited output was kept aside, leftovers were moved, a tool was found elsewhere.</summary>
    /// <param name="At">When.</param>
    /// <param name="Code">A stable word for machines, such as <c>output-edited</c>.</param>
    /// <param name="Text">One sentence for people.</param>
    public sealed record Noticed(DateTimeOffset At, string Code, string Text) : RunEvent(At);

    /// <summary>An attempt was traced: which files it used without declaring them.</summary>
    /// <param name="At">When.</param>
    /// <param name="Step">The instance.</param>
    /// <param name="Findings">What was found, by kind and path; none when it used only what it declares.</param>
    public sealed record Traced(DateTimeOffset At, StepId Step, IReadOnlyList<TraceFinding> Findings) : RunEvent(At);

    /// <summary>Instances of a task were up to date. The engine sends it of those that a run of a part leaves out; streams that are kept or passed on tell it of many at once.</summary>
    /// <param name="At">When the last one was settled.</param>
    /// <param name="Task">The task; empty for instances of any task.</param>
    /// <param name="Steps">How many they were.</param>
    /// <param name="SavedSeconds">Seconds that their recorded executions took.</param>
    public sealed record UpToDate(DateTimeOffset At, string Task, int Steps, double SavedSeconds) : RunEvent(At);

    /// <summary>Whoever comes to a run later knows by now where it stands: what follows is new. The engine never sends it.</summary>
    /// <param name="At">When.</param>
    /// <param name="Settled">How many instances are settled.</param>
    /// <param name="Ran">How many of them were planned to run.</param>
    /// <param name="RanSeconds">Seconds that these took.</param>
    /// <param name="Widest">The most that ran at once.</param>
    public sealed record CaughtUp(DateTimeOffset At, int Settled, int Ran, double RanSeconds, int Widest) : RunEvent(At);

    /// <summary>The run ended.</summary>
    /// <param name="At">When.</param>
    /// <param name="Summary">Its summary.</param>
    public sealed record Finished(DateTimeOffset At, RunSummary Summary) : RunEvent(At);
}

/// <summary>How an instance was settled.</summary>
public sealed record StepResult
{
    /// <summary>The instance.</summary>
    public required StepId Id { get; init; }

    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Why it was judged as it was.</summary>
    public required Reason Reason { get; init; }

    /// <summary>The action's key; null when it could not be computed.</summary>
    public ActionKey? Key { get; init; }

    /// <summary>Wall time of this run's execution in seconds; 0 when it did not run.</summary>
    public double WallSeconds { get; init; }

    /// <summary>Wall time that the recorded execution took, in seconds: the time saved when it did not run.</summary>
    public double RecordedSeconds { get; init; }

    /// <summary>Seconds that not running it saved: those of the recorded execution where it was up to date or restored, else 0.</summary>
    public double SavedSeconds => Outcome is Outcome.UpToDate or Outcome.Restored ? RecordedSeconds : 0;

    /// <summary>What it took in this run; null when it did not run.</summary>
    public StepMetrics? Metrics { get; init; }

    /// <summary>The attempts, oldest first.</summary>
    public IReadOnlyList<AttemptRecord> Attempts { get; init; } = [];

    /// <summary>The launcher's name; empty when it did not run.</summary>
    public string Launcher { get; init; } = string.Empty;

    /// <summary>Whether it went on from a checkpoint.</summary>
    public bool IsContinued { get; init; }

    /// <summary>The outputs, and where they are published.</summary>
    public IReadOnlyList<OutputSummary> Outputs { get; init; } = [];

    /// <summary>The failure; null when there was none.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The folder that its result was imported from, in this run or an earlier one; null when its action ran.</summary>
    public string? ImportedFrom { get; init; }
}

/// <summary>An output in a summary.</summary>
/// <param name="Path">The published path, else the path in the private directory.</param>
/// <param name="Digest">The byte digest.</param>
/// <param name="Bytes">The length in bytes.</param>
public sealed record OutputSummary(string Path, Digest Digest, long Bytes);

/// <summary>What a run did.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Target">The target.</param>
/// <param name="Outcome"><c>done</c>, <c>failed</c> or <c>interrupted</c>.</param>
/// <param name="WallSeconds">How long it took.</param>
/// <param name="Counts">Instances by outcome.</param>
/// <param name="Steps">Every instance, in the order of settling.</param>
public sealed record RunSummary(string Run, string Target, string Outcome, double WallSeconds, RunCounts Counts, IReadOnlyList<StepResult> Steps)
{
    private readonly double? _savedSeconds;

    /// <summary>Seconds that the recorded executions of up-to-date and restored instances took; blocked ones save nothing, they are still to come.</summary>
    public double SavedSeconds
    {
        get => _savedSeconds ?? SavedBy(Steps);
        init => _savedSeconds = value;
    }

    /// <summary>Seconds that not running saved.</summary>
    /// <param name="steps">Some instances.</param>
    /// <returns>The sum of the recorded times of those that were up to date or restored.</returns>
    public static double SavedBy(IEnumerable<StepResult> steps)
    {
        var seconds = 0.0;
        foreach (var step in steps)
        {
            seconds += step.SavedSeconds;
        }

        return seconds;
    }
}

/// <summary>Instances by outcome.</summary>
/// <param name="UpToDate">Nothing was to be done.</param>
/// <param name="Restored">A recorded result was taken.</param>
/// <param name="Executed">Ran and succeeded.</param>
/// <param name="Failed">Failed.</param>
/// <param name="Blocked">Waited for one that failed.</param>
/// <param name="Skipped">Criteria said no.</param>
/// <param name="Cancelled">The run ended first.</param>
public sealed record RunCounts(int UpToDate, int Restored, int Executed, int Failed, int Blocked, int Skipped, int Cancelled)
{
    /// <summary>Counts results.</summary>
    /// <param name="results">Results of a run.</param>
    /// <returns>The counts.</returns>
    public static RunCounts Of(IEnumerable<StepResult> results)
    {
        // A plain array: grouping by an enumeration would be compiled at every start.
        var by = new int[Enum.GetValues<Outcome>().Length];
        foreach (var result in results)
        {
            by[(int)result.Outcome]++;
        }

        int Count(Outcome outcome) => by[(int)outcome];
        return new RunCounts(
            Count(Outcome.UpToDate), Count(Outcome.Restored), Count(Outcome.Executed), Count(Outcome.Failed),
            Count(Outcome.Blocked), Count(Outcome.Skipped), Count(Outcome.Cancelled));
    }
}
