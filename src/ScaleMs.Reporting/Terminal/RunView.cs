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

    /// <summary>The target.</summary>
    public string Target { get; private set; } = string.Empty;

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>How many instances there are; 0 until the graph is known.</summary>
    public int Instances { get; private set; }

    /// <summary>How many are settled, however.</summary>
    public int Settled { get; private set; }

    /// <summary>How many failed.</summary>
    public int Failed { get; private set; }

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

    /// <summary>The running instance of an id; null when it does not run.</summary>
    public RunningStep? Find(StepId step) => _running.Find(running => running.Id == step);

    /// <summary>Takes the next event.</summary>
    public void Take(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.Started started:
                (Target, StartedAt) = (started.Target, started.At);
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
                Work.Plan(planned.Certain);
                Work.Plan(planned.Possible);
                break;
            case RunEvent.Noticed noticed:
                _notices.Add(noticed.Text);
                break;
            case RunEvent.Traced traced:
                Take(traced);
                break;
            case RunEvent.Finished:
                IsFinished = true;
                break;
            default:
                TakeStepOrTask(runEvent);
                break;
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
                _running.RemoveAll(running => running.Id == retrying.Step);
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
        Failed += result.Outcome == Outcome.Failed ? 1 : 0;
    }

    private void Stop(StepId step) => _running.RemoveAll(running => running.Id == step);
}
