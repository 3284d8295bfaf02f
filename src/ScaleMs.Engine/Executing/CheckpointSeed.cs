using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>Seeds an attempt with the checkpoint set of an interrupted one: the whole set or nothing.</summary>
/// <remarks>
/// The earlier attempt is dead: its processes were reaped when the store was opened. One that may still run elsewhere, where nobody awaits it, does not
/// qualify: it may be writing the set. The directory is never shared; the set is copied.
/// Only an attempt under the same key qualifies, so the inputs are unchanged.
/// </remarks>
internal sealed class CheckpointSeed(IDisk disk)
{
    /// <summary>Marks an attempt that ended with a tool's error: what it left may be what made it fail.</summary>
    public const string FailedMark = "failed";

    /// <summary>Whether what an attempt left is not to be gone on from: it may be what made it fail. What stopped it from outside did not.</summary>
    public static bool IsSpoiltBy(FailureClass failure) =>
        failure is not (FailureClass.Cancelled or FailureClass.TimeLimit or FailureClass.OutOfMemory or FailureClass.Preempted or FailureClass.NodeLost);

    /// <summary>Copies the newest complete set.</summary>
    /// <param name="directory">The new attempt's private directory.</param>
    /// <param name="step">The instance.</param>
    /// <param name="interrupted">Directories of interrupted attempts, newest first.</param>
    /// <returns>Whether a set was copied.</returns>
    public bool Copy(string directory, StepInstance step, IReadOnlyList<string> interrupted)
    {
        var seed = step.Checkpoint.Count == 0 ? null : interrupted.FirstOrDefault(attempt => !Takeover.MayRunElsewhere(disk, attempt) && IsComplete(attempt, step));
        if (seed is null)
        {
            return false;
        }

        foreach (var path in step.Checkpoint)
        {
            disk.Copy(Path.Combine(seed, "files", path.Value), Path.Combine(directory, path.Value), executable: false);
        }

        return true;
    }

    /// <summary>What tells whether a set was written since: its files as they stand; null when it is not whole.</summary>
    /// <param name="attempt">The attempt's directory.</param>
    /// <param name="step">The instance.</param>
    public IReadOnlyList<FileStat>? Stamps(string attempt, StepInstance step) => step.Checkpoint.Count > 0 && IsComplete(attempt, step)
        ? [.. step.Checkpoint.Select(path => disk.Stat(Path.Combine(attempt, "files", path.Value), followLinks: false)!.Value)]
        : null;

    private bool IsComplete(string attempt, StepInstance step) =>
        disk.Stat(Path.Combine(attempt, FailedMark)) is null &&
        step.Checkpoint.All(path => disk.Stat(Path.Combine(attempt, "files", path.Value), followLinks: false) is { IsFile: true, Length: > 0 });
}
