using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>How an attempt ended that left no result, or one that does not tell why: by Slurm's word.</summary>
internal static class LastWord
{
    private const string ByAnother = "its job was cancelled at the site, and not by this run: somebody used scancel";

    /// <summary>Classifies an attempt without a result.</summary>
    /// <param name="word">What Slurm remembers of its task; null when nothing.</param>
    /// <param name="hasBegun">Whether its wrapper claimed it.</param>
    /// <param name="attempt">The attempt.</param>
    internal static LaunchResult Of(QueueEntry? word, bool hasBegun, SlurmAttempt attempt) => attempt.IsGivenUp ? OfSilent(attempt, hasBegun) : new()
    {
        End = EndOf(word?.State) ?? (hasBegun ? LaunchEnd.NodeLost : LaunchEnd.NeverStarted),
        Host = word?.Node ?? string.Empty,
        Message = MessageOf(word, hasBegun, attempt),
    };

    /// <summary>One that showed no sign of life until its job was cancelled.</summary>
    internal static LaunchResult OfSilent(SlurmAttempt attempt, bool hasBegun) => new()
    {
        End = hasBegun ? LaunchEnd.NodeLost : LaunchEnd.NeverStarted,
        Host = attempt.Node,
        Message = $"node {attempt.Node} showed no sign of life for {TimeSpan.FromSeconds(Math.Floor(attempt.Heart.Silence.TotalSeconds)):c}, and job {attempt.Job} was cancelled",
    };

    /// <summary>Why the wrapper was told to end; null when Slurm knows no better than that it was.</summary>
    internal static LaunchEnd? EndOf(string? state) => state switch
    {
        "PREEMPTED" => LaunchEnd.Preempted,
        "TIMEOUT" or "DEADLINE" => LaunchEnd.TimedOut,
        "OUT_OF_MEMORY" => LaunchEnd.OutOfMemory,
        "NODE_FAIL" => LaunchEnd.NodeLost,
        "CANCELLED" => LaunchEnd.Cancelled,
        _ => null,
    };

    /// <summary>What is said of an end that Slurm brought about.</summary>
    internal static string MessageOf(LaunchEnd end, string job) => end switch
    {
        LaunchEnd.Preempted => $"job {job} had to make room for another one",
        LaunchEnd.TimedOut => $"job {job} reached the time that it had asked for",
        LaunchEnd.OutOfMemory => $"job {job} had more memory than it had asked for, and Slurm ended it",
        LaunchEnd.NodeLost => $"the node of job {job} failed",
        _ => $"{ByAnother} (job {job})",
    };

    private static string MessageOf(QueueEntry? word, bool hasBegun, SlurmAttempt attempt) => attempt.Problem.Length > 0
        ? $"'{attempt.Root}/{AttemptFiles.Result}' {attempt.Problem}"
        : word is null
        ? $"job {attempt.Job} left the queue without a result, and Slurm does not remember it"
        : EndOf(word.State) is { } end ? MessageOf(end, word.Job)
        : hasBegun ? $"job {word.Job} ended as {word.State}{Reason(word)} and left no result: its wrapper was killed, or '{attempt.Root}' could not be written from {word.Node}"
        : $"job {word.Job} ended as {word.State}{Reason(word)} before it began: does the node {word.Node} see '{attempt.Root}'?";

    private static string Reason(QueueEntry word) => word.Reason is "" or "None" ? string.Empty : $" ({word.Reason})";
}
