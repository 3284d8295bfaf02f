using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Terminal;

namespace ScaleMs.Reporting.Control;

/// <summary>How far a run is, or how it ended.</summary>
public sealed record RunStatus
{
    /// <summary>Whether it goes on.</summary>
    public required RunState State { get; init; }

    /// <summary>Who told: <c>engine</c>, <c>events</c> when the engine could not be asked, or <c>summary</c> of a run that has ended.</summary>
    public required string Source { get; init; }

    /// <summary>When this was so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The run's note; null for a run that left none.</summary>
    public RunNote? Note { get; init; }

    /// <summary>The run's id; empty when none is known.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>The target.</summary>
    public string Target { get; init; } = string.Empty;

    /// <summary>When it began; null when that is not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How many instances there are.</summary>
    public int Instances { get; init; }

    /// <summary>Instances that are settled, by outcome. The event log tells up-to-date ones only at its end.</summary>
    public RunCounts Counts { get; init; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Instances that are neither settled nor running.</summary>
    public int ToGo { get; init; }

    /// <summary>How many of those wait to be tried again.</summary>
    public int Again { get; init; }

    /// <summary>Instances that run, those that began first at the front.</summary>
    public IReadOnlyList<RunningStatus> Running { get; init; } = [];

    /// <summary>Plain tasks that run.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Instances that failed.</summary>
    public IReadOnlyList<FailedStatus> Failed { get; init; } = [];

    /// <summary>Seconds until the end, estimated from history; null when too little is known.</summary>
    public double? RestSeconds { get; init; }

    /// <summary>How it ended, in the summary's word: <c>done</c>, <c>failed</c>, <c>interrupted</c>; null while it goes on.</summary>
    public string? Outcome { get; init; }

    /// <summary>What else is to be known, such as why the engine could not be asked; for people.</summary>
    public string? Remark { get; init; }

    /// <summary>Tells of a run as a view knows it.</summary>
    internal static RunStatus Of(RunView view, string source, DateTimeOffset now) => new()
    {
        State = view.IsFinished ? RunState.Ended : RunState.Running,
        Source = source,
        At = now,
        Run = view.Run,
        Target = view.Target,
        StartedAt = view.StartedAt,
        Instances = view.Instances,
        Counts = CountsOf(view),
        ToGo = view.Left,
        Again = view.Resting,
        Running = [.. view.Running.Select(step => RunningStatus.Of(step, now))],
        Tasks = [.. view.Tasks],
        Failed = [.. view.Failures.Select(FailedStatus.Of)],
        RestSeconds = view.Work.RestAt(now, view.Running),
    };

    private static RunCounts CountsOf(RunView view) => new(
        view.Of(Core.Planning.Outcome.UpToDate), view.Of(Core.Planning.Outcome.Restored), view.Of(Core.Planning.Outcome.Executed), view.Of(Core.Planning.Outcome.Failed),
        view.Of(Core.Planning.Outcome.Blocked), view.Of(Core.Planning.Outcome.Skipped), view.Of(Core.Planning.Outcome.Cancelled));
}
