using ScaleMs.Core.Events;
using ScaleMs.Core.Model;

namespace ScaleMs.Reporting.Terminal;

/// <summary>How much of the planned work is left and how long it will take. Kept up step by step: a frame costs no walk over the plan.</summary>
internal sealed class WorkLeft
{
    private HashSet<StepId>? _waiting;
    private IReadOnlyDictionary<StepId, double>? _expected;
    private Dictionary<StepId, double>? _expectedLater;
    private double _waitingSeconds;
    private int _waitingUnknown;
    private double _doneSeconds;
    private int _planned;
    private int _widest;

    /// <summary>Instances that will run, or may, and have not begun.</summary>
    public int Waiting => _waiting?.Count ?? 0;

    /// <summary>These instances.</summary>
    public IReadOnlyCollection<StepId> WaitingSteps => _waiting ?? [];

    /// <summary>How far the work is, for whoever comes later.</summary>
    public RunEvent.CaughtUp Reached(DateTimeOffset now, int settled, int running) => new(now, settled, Math.Max(0, _planned - Waiting - running), _doneSeconds, _widest);

    /// <summary>Takes over what was done before anybody looked.</summary>
    public void CatchUp(RunEvent.CaughtUp reached)
    {
        _planned += reached.Ran;
        _doneSeconds = reached.RanSeconds;
        _widest = Math.Max(_widest, reached.Widest);
    }

    /// <summary>Takes the durations from history.</summary>
    public void Define(IReadOnlyDictionary<StepId, double> expected) => _expected = expected;

    /// <summary>Takes the durations of instances that came to be defined later.</summary>
    public void DefineMore(IReadOnlyDictionary<StepId, double>? expected)
    {
        if (expected is null)
        {
            return;
        }

        _expectedLater ??= [];
        foreach (var (step, seconds) in expected)
        {
            _expectedLater[step] = seconds;
        }
    }

    /// <summary>How long an instance took last time.</summary>
    public double? ExpectedOf(StepId step) =>
        (_expected is not null && _expected.TryGetValue(step, out var seconds)) || (_expectedLater is not null && _expectedLater.TryGetValue(step, out seconds)) ? seconds : null;

    /// <summary>Adds instances to the work; those that may be spared count until they are.</summary>
    public void Plan(IReadOnlyList<StepId> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        _waiting ??= [];
        _waiting.EnsureCapacity(_waiting.Count + steps.Count);
        foreach (var step in steps.Where(_waiting.Add))
        {
            _planned++;
            Count(step, +1);
        }
    }

    /// <summary>An instance began.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="running">How many run now, with it.</param>
    public void Start(StepId step, int running)
    {
        _widest = Math.Max(_widest, running);
        if (!Remove(step))
        {
            // Planning did not foresee it: an early cut-off that did not come, or another attempt.
            _planned++;
        }
    }

    /// <summary>An instance is settled, having run for a time or not at all.</summary>
    public void Settle(StepId step, double wallSeconds)
    {
        Remove(step);
        _doneSeconds += wallSeconds;
    }

    /// <summary>Seconds until the end; null when history knows less than half of what is left.</summary>
    /// <remarks>Two running at once halve the rest, but the end cannot come before the longest of them ends.</remarks>
    public double? RestAt(DateTimeOffset now, IReadOnlyCollection<RunningStep> running)
    {
        var left = Waiting + running.Count;
        var (known, unknown) = Sum(now, running);
        if (left == 0 || unknown * 2 > left)
        {
            return null;
        }

        // What history does not know is taken to be like what it knows.
        var all = known * left / (left - unknown);
        var longest = running.Max(step => step.RestAt(now)) ?? 0;
        return Math.Max(all / Math.Max(1, _widest), longest);
    }

    /// <summary>The part of the work that is done, from 0 to 1: by time where history knows enough, else by count; null when nothing is planned.</summary>
    public double? DoneAt(DateTimeOffset now, IReadOnlyCollection<RunningStep> running)
    {
        if (_planned == 0)
        {
            return null;
        }

        var (rest, unknown) = Sum(now, running);
        var spent = _doneSeconds + running.Sum(step => step.AgeAt(now));
        var isKnown = unknown == 0 && spent + rest > 0;
        return isKnown ? spent / (spent + rest) : Math.Max(0, (double)(_planned - Waiting - running.Count) / _planned);
    }

    private (double Seconds, int Unknown) Sum(DateTimeOffset now, IReadOnlyCollection<RunningStep> running)
    {
        var rests = running.Select(step => step.RestAt(now)).ToList();
        return (_waitingSeconds + rests.Sum(rest => rest ?? 0), _waitingUnknown + rests.Count(rest => rest is null));
    }

    private bool Remove(StepId step)
    {
        if (_waiting is null || !_waiting.Remove(step))
        {
            return false;
        }

        Count(step, -1);
        return true;
    }

    private void Count(StepId step, int sign)
    {
        var expected = ExpectedOf(step);
        _waitingSeconds += sign * (expected ?? 0);
        _waitingUnknown += expected is null ? sign : 0;
    }
}
