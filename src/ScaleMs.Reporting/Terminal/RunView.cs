using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Terminal;

/// <summary>What is known of a run, folded from its events: the state behind every frame. Knows no terminal and no clock.</summary>
internal sealed class RunView
{
    // A list, not a dictionary: few run at once, and the null run does not pay for code over StepId.
    private bool _isPlanned;
    private readonly List<RunningStep> _running = [];
    private readonly List<StepId> _resting = [];
    private readonly List<string> _tasks = [];
    private readonly List<string> _notices = [];
    private readonly List<StepResult> _failures = [];
    // By the value of the outcome; asking the enumeration for its values would be compiled at every start.
    private readonly int[] _settled = new int[(int)Outcome.Cancelled + 1];
    private RunEvent.Started? _started;

    /// <summary>The run's id.</summary>
    public string Run => _started?.RunId ?? string.Empty;

    /// <summary>The target.</summary>
    public string Target => _started?.Target ?? string.Empty;

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt => _started?.At ?? default;

    /// <summary>How many instances there are; 0 until the graph is known.</summary>
    public int Instances { get; private set; }

    /// <summary>How many are settled, however.</summary>
    public int Settled { get; private set; }

    /// <summary>How many failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Those that failed.</summary>
    public IReadOnlyList<StepResult> Failures => _failures;

    /// <summary>Whether anything was executed so far.</summary>
    public bool HasExecuted { get; private set; }

    /// <summary>Whether the run has ended.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Instances that run, those that began first at the front.</summary>
    public IReadOnlyList<RunningStep> Running => _running;

    /// <summary>Instances that wait to be tried again.</summary>
    public IReadOnlyList<StepId> Resting => _resting;

    /// <summary>Plain tasks that run.</summary>
    public IReadOnlyList<string> Tasks => _tasks;

    /// <summary>Notices so far.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>What is left to do.</summary>
    public WorkLeft Work { get; } = new();

    /// <summary>Instances that are neither settled nor running.</summary>
    public int Left => Math.Max(0, Instances - Settled - _running.Count);

    /// <summary>How many instances ended so.</summary>
    public int Of(Outcome outcome) => _settled[(int)outcome];

    /// <summary>The running instance of an id; null when it does not run.</summary>
    public RunningStep? Find(StepId step) => _running.Find(running => running.Id == step);

    /// <summary>Takes the next event.</summary>
    public void Take(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.Started started:
                _started = started;
                break;
            case RunEvent.Defined defined:
                Instances = defined.Instances;
                Work.Define(defined.Expected);
                break;
            case RunEvent.Expanded expanded:
                Expand(expanded);
                break;
            case RunEvent.Planned planned:
                _isPlanned = true;
                Work.DefineMore(planned.Expected);
                Work.Plan(planned.Certain);
                Work.Plan(planned.Possible);
                break;
            case RunEvent.Noticed noticed:
                _notices.Add(noticed.Text);
                break;
            case RunEvent.Traced traced:
                Take(traced);
                break;
            case RunEvent.UpToDate upToDate:
                Settled += upToDate.Steps;
                _settled[(int)Outcome.UpToDate] += upToDate.Steps;
                break;
            case RunEvent.CaughtUp caughtUp:
                Settled = caughtUp.Settled;
                Work.CatchUp(caughtUp);
                break;
            case RunEvent.Finished:
                IsFinished = true;
                break;
            default:
                TakeStepOrTask(runEvent);
                break;
        }
    }

    /// <summary>A short stream that leads another view to where this one is: what runs, what waits, what failed; the last event says how much was done before.</summary>
    /// <param name="now">The time.</param>
    public IEnumerable<RunEvent> Retell(DateTimeOffset now)
    {
        var known = Work.WaitingSteps.Concat(_running.Select(step => step.Id)).Select(step => KeyValuePair.Create(step, Work.ExpectedOf(step))).Where(step => step.Value is not null);
        yield return _started ?? new RunEvent.Started(now, string.Empty, string.Empty, string.Empty);
        yield return new RunEvent.Defined(now, Instances, known.ToDictionary(step => step.Key, step => step.Value!.Value));
        yield return new RunEvent.Planned(now, [.. Work.WaitingSteps, .. _running.Select(step => step.Id)], []);
        foreach (var told in _notices.Select(text => new RunEvent.Noticed(now, "before", text)).Concat<RunEvent>(_running.SelectMany(Retell)).Concat(_tasks.Select(task => new RunEvent.TaskStarted(now, task))))
        {
            yield return told;
        }

        foreach (var failure in _failures)
        {
            yield return new RunEvent.StepFinished(now, failure);
        }

        yield return Work.Reached(now, Settled, _running.Count);
    }

    private static IEnumerable<RunEvent> Retell(RunningStep step)
    {
        yield return new RunEvent.StepStarted(step.Since, step.Id, new Reason("before", "it ran already"), 1, false);
        if (step.Progress is { } progress)
        {
            yield return new RunEvent.StepProgressed(step.Since, step.Id, progress);
        }
    }

    /// <summary>A step that reads a whole folder would push everything else off the screen.</summary>
    private void Take(RunEvent.Traced traced)
    {
        const int most = 10;
        _notices.AddRange(traced.Findings.Take(most).Select(finding => $"{traced.Step} {finding}"));
        if (traced.Findings.Count > most)
        {
            _notices.Add(FormattableString.Invariant($"{traced.Step}: {traced.Findings.Count - most} more files are in the run's trace.json"));
        }
    }

    private void Expand(RunEvent.Expanded expanded)
    {
        Instances += expanded.Steps.Count;
        Work.DefineMore(expanded.Expected);
        if (_isPlanned)
        {
            Work.Plan([.. expanded.Steps.Select(step => step.Id)]);
        }
    }

    private void TakeStepOrTask(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.StepStarted started:
                Start(started);
                break;
            case RunEvent.StepRetrying retrying:
                Stop(retrying.Step);
                _resting.Add(retrying.Step);
                break;
            case RunEvent.StepProgressed progressed when Find(progressed.Step) is { } step:
                _running[_running.IndexOf(step)] = step with { Progress = progressed.Progress };
                break;
            case RunEvent.StepFinished finished:
                Finish(finished.Result);
                break;
            case RunEvent.TaskStarted started:
                _tasks.Add(started.Task);
                break;
            case RunEvent.TaskFinished finished:
                _tasks.Remove(finished.Task);
                break;
            default:
                break;
        }
    }

    private void Start(RunEvent.StepStarted started)
    {
        HasExecuted = true;
        // A further attempt takes the place of the one before; its number does not tell, it may go on from another run.
        var isFurther = _running.RemoveAll(running => running.Id == started.Step) > 0 | _resting.Remove(started.Step);
        _running.Add(new RunningStep(started.Step, started.At, Work.ExpectedOf(started.Step)));
        if (!isFurther)
        {
            Work.Start(started.Step, _running.Count);
        }
    }

    private void Finish(StepResult result)
    {
        if (_running.Count > 0)
        {
            Stop(result.Id);
        }
        _resting.Remove(result.Id);
        Work.Settle(result.Id, result.WallSeconds);
        Settled++;
        _settled[(int)result.Outcome]++;
        if (result.Outcome == Outcome.Failed)
        {
            Failed++;
            _failures.Add(result);
        }
    }

    private void Stop(StepId step) => _running.RemoveAll(running => running.Id == step);
}
