using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;
using ScaleMs.Core.Scheduling;
using ScaleMs.Engine.Explaining;

namespace ScaleMs.Engine.Running;

/// <summary>Where a node stands in the run loop.</summary>
internal enum Phase : byte
{
    /// <summary>Something that it waits for is not settled.</summary>
    Waiting,

    /// <summary>Judged to run; waits for resources.</summary>
    Ready,

    /// <summary>The same work is being done for another instance; judged again when that is settled.</summary>
    Parked,

    /// <summary>Fetching inputs, executing, waiting to be tried again or for another run that makes it, or publishing.</summary>
    Running,

    /// <summary>Its outcome is known. Only a demand for lost bytes, or a producer that was made again and differs, opens it again.</summary>
    Settled,
}

/// <summary>A node's state in the run; owned by the run loop's thread. What few have at one time is in <see cref="AttemptState"/>.</summary>
internal sealed class Work(GraphNode node)
{
    private AttemptState? _attempt;
    private sbyte _outcome = -1;

    public GraphNode Node { get; } = node;

    public StepInstance Step => Node.Step!;

    public Phase Phase { get; set; }

    /// <summary>How many nodes it still waits for.</summary>
    public int Waits { get; set; } = node.Producers.Count + node.Before.Count;

    /// <summary>Nodes that demanded its bytes and wait for it besides its dependents; null for none.</summary>
    public List<Work>? Demanders { get => _attempt?.Demanders; set => Attempt(value is null).Demanders = value; }

    /// <summary>Why it must run whatever its record says.</summary>
    public Reason? Forced { get => _attempt?.Forced; set => Attempt(value is null).Forced = value; }

    /// <summary>Why it was opened again.</summary>
    public Reason? Reopened { get => _attempt?.Reopened; set => Attempt(value is null).Reopened = value; }

    /// <summary>Whether somebody wished that it be not made in this run.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Ends its attempt, or the pause before the next one; null when neither is going on.</summary>
    public CancellationTokenSource? Stop { get => _attempt?.Stop; set => Attempt(value is null).Stop = value; }

    /// <summary>Whether a producer's output became another one while it was running.</summary>
    public bool IsOutdated { get; set; }

    /// <summary>Whether what the plan found of it counts no more.</summary>
    public bool MustLookAgain { get; set; }

    /// <summary>How often it was judged anew because its files moved.</summary>
    public int Moves { get => _attempt?.Moves ?? 0; set => Attempt(value == 0).Moves = value; }

    /// <summary>Whether it was settled before, so that its dependents no longer count it.</summary>
    public bool IsSettledAgain { get; set; }

    /// <summary>The result that its dependents were judged on.</summary>
    public ActionResult? Seen { get; set; }

    /// <summary>The private directory of the last attempt, absolute; null when that is done.</summary>
    public string? Directory { get => _attempt?.Directory; set => Attempt(value is null).Directory = value; }

    /// <summary>What it holds while it runs.</summary>
    public Admission? Admission { get => _attempt?.Admission; set => Attempt(value is null).Admission = value; }

    /// <summary>What it took so far; null when it was never ready.</summary>
    public Consumption? Consumption { get => _attempt?.Consumption; set => Attempt(value is null).Consumption = value; }

    /// <summary>The action that was judged; null when it is up to date, or settled: there are many, and a settled one that is opened again is judged anew.</summary>
    public Closed? Closed { get => _attempt?.Closed; set => Attempt(value is null).Closed = value; }

    /// <summary>The key under which it was judged last.</summary>
    public ActionKey? Key { get; set; }

    /// <summary>What it was judged as; null when it is up to date, or settled.</summary>
    public Verdict? Verdict { get => _attempt?.Verdict; set => Attempt(value is null).Verdict = value; }

    /// <summary>The result that its consumers see; null until settled well.</summary>
    public ActionResult? Result { get; set; }

    public Outcome? Outcome { get => _outcome < 0 ? null : (Outcome)_outcome; set => _outcome = (sbyte?)value ?? -1; }

    /// <summary>Why it was settled as it is; null when it never was.</summary>
    public Reason? Why { get; set; }

    /// <summary>What it took when it was executed; null when it was not.</summary>
    public StepMetrics? Metrics { get; set; }

    public Failure? Failure { get => _attempt?.Failure; set => Attempt(value is null).Failure = value; }

    public IReadOnlyList<AttemptRecord> Attempts { get; set; } = [];

    /// <summary>The attempts of this run that failed.</summary>
    public List<FailedAttempt> Failed => Attempt(isDefault: false).Failed ??= [];

    /// <summary>What its next attempt is given; more than it declares where that was not enough.</summary>
    public Resources Granted { get => _attempt?.Granted ?? Node.Step?.Resources ?? Resources.Default; set => Attempt(isDefault: false).Granted = value; }

    /// <summary>How many of the action's open attempts are too old to go on from: one that did so failed.</summary>
    public int Spoilt { get => _attempt?.Spoilt ?? 0; set => Attempt(value == 0).Spoilt = value; }

    public double WallSeconds { get; set; }

    /// <summary>Whether it was to run and the selection left it out.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>Whether a result that it stood at before is what its consumers see, since it was left out.</summary>
    public bool HasFormerResult { get; set; }

    public bool IsGood => Outcome is Core.Planning.Outcome.UpToDate or Core.Planning.Outcome.Restored or Core.Planning.Outcome.Executed;

    /// <summary>Whether it was settled with bytes that this run made or brought.</summary>
    public bool HasNewBytes => Node.Step is not null && Outcome is Core.Planning.Outcome.Executed or Core.Planning.Outcome.Restored;

    /// <summary>Whether it reads an output; a continuation reads what it waits for, the end of a task nothing.</summary>
    public bool Reads(StepId producer, Output output)
    {
        if (Node.Step is null)
        {
            return Node.Continuation?.Source is { } content && content.Output == output.Path && content.Step == producer;
        }

        for (var i = 0; i < Step.Inputs.Count; i++)
        {
            if (Step.Inputs[i].Source is InputSource.StepOutput source && source.Step == producer && output.Covers(source.Output))
            {
                return true;
            }
        }

        return false;
    }

    public OutputRecord OutputOf(ArtifactPath path) => Result!.OutputAt(path);

    /// <summary>It is settled: what only a judgement or an attempt needed goes, for there are many.</summary>
    public void LetGo()
    {
        (Closed, Verdict, Directory, Consumption) = (null, null, null, null);
        _attempt = _attempt is { IsSpent: true } ? null : _attempt;
    }

    /// <summary>Where a value is kept; what is as it was at first needs no place of its own.</summary>
    private AttemptState Attempt(bool isDefault) => _attempt ?? (isDefault ? AttemptState.Nowhere : _attempt = new AttemptState());
}

/// <summary>A closed action with its key.</summary>
internal sealed record Closed(ClosedAction Action, ActionKey Key, InputNotes Notes)
{
    /// <summary>Names the key's parts, with notes beside them; most actions are up to date, and nobody asks. Not kept: of a step with many inputs they are megabytes.</summary>
    /// <param name="former">Components of a former key to compare them with: what is the same is there once. Null for none.</param>
    public IReadOnlyList<KeyComponent> GetComponents(IReadOnlyList<KeyComponent>? former = null) => [.. KeyEncoder.ComponentsOf(Action, former), .. Notes.Of(Action)];
}
