using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Scheduling;

namespace ScaleMs.Engine.Running;

/// <summary>The part of a node's state that it has while it is ready or runs, or after something out of the ordinary. See <see cref="Work"/> for what each is.</summary>
internal sealed class AttemptState
{
    /// <summary>Takes what need not be kept, because it is as at first.</summary>
    public static AttemptState Nowhere { get; } = new();

    public Closed? Closed { get; set; }

    public Verdict? Verdict { get; set; }

    public List<Work>? Demanders { get; set; }

    public Reason? Forced { get; set; }

    public Reason? Reopened { get; set; }

    public int Moves { get; set; }

    public string? Directory { get; set; }

    public Admission? Admission { get; set; }

    public Consumption? Consumption { get; set; }

    public Failure? Failure { get; set; }

    public List<FailedAttempt>? Failed { get; set; }

    public Resources? Granted { get; set; }

    public int Spoilt { get; set; }

    public CancellationTokenSource? Stop { get; set; }

    /// <summary>Whether all of it is as at first.</summary>
    public bool IsSpent => this is { Closed: null, Verdict: null, Demanders: null, Forced: null, Reopened: null, Moves: 0, Directory: null, Admission: null, Consumption: null, Failure: null, Failed: null, Granted: null, Spoilt: 0, Stop: null };
}
