using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>Seeds an attempt with the checkpoint set of an interrupted one: the whole set or nothing.</summary>
/// <remarks>
/// The earlier attempt is dead: its processes were reaped when the store was opened. One that may still run elsewhere, where nobody awaits it, does not
/// qualify: it may be writing the set. Where its end was told by others, its node being silent, only a set that stands still does (<see cref="StillCopy"/>).
/// The directory is never shared; the set is copied. Only an attempt under the same key qualifies, so the inputs are unchanged.
/// </remarks>
internal sealed class CheckpointSeed(IDisk disk, TimeProvider clock)
{
    private readonly StillCopy _still = new(disk, clock);

    /// <summary>Whether what an attempt left is not to be gone on from: it may be what made it fail. What stopped it from outside did not.</summary>
    public static bool IsSpoiltBy(FailureClass failure) =>
        failure is not (FailureClass.Cancelled or FailureClass.TimeLimit or FailureClass.OutOfMemory or FailureClass.Preempted or FailureClass.NodeLost);

    /// <summary>Copies the newest complete set.</summary>
    /// <param name="directory">The new attempt's private directory.</param>
    /// <param name="step">The instance.</param>
    /// <param name="interrupted">Directories of interrupted attempts, newest first.</param>
    /// <param name="stop">Waits no longer for a set that may be written to.</param>
    /// <returns>What was copied, in the order of the declaration; null when nothing was.</returns>
    public async ValueTask<IReadOnlyList<Digest>?> CopyAsync(string directory, StepInstance step, IReadOnlyList<string> interrupted, CancellationToken stop)
    {
        if (step.Checkpoint.Count > 0)
        {
            foreach (var attempt in interrupted)
            {
                if (!Takeover.MayRunElsewhere(disk, attempt) && IsComplete(attempt, step) && await TryCopyAsync(directory, step, attempt, stop).ConfigureAwait(false))
                {
                    return SetIn(directory, step);
                }
            }
        }

        return null;
    }

    /// <summary>Whether an attempt left a whole set that is not the one it began with.</summary>
    /// <param name="attempt">The attempt's directory.</param>
    /// <param name="step">The instance.</param>
    /// <param name="seed">What it began with; null for nothing.</param>
    public bool HasProgressed(string attempt, StepInstance step, IReadOnlyList<Digest>? seed) =>
        step.Checkpoint.Count > 0 && IsComplete(attempt, step) && (seed is null || !SetIn(new PrivateDirectory(attempt).Files, step).SequenceEqual(seed));

    private async ValueTask<bool> TryCopyAsync(string directory, StepInstance step, string attempt, CancellationToken stop)
    {
        var source = new PrivateDirectory(attempt).Files;
        if (Takeover.MayBeWrittenTo(disk, attempt))
        {
            return await _still.TryCopyAsync(source, directory, step.Checkpoint, stop).ConfigureAwait(false);
        }

        foreach (var path in step.Checkpoint)
        {
            disk.Copy(Path.Combine(source, path.Value), Path.Combine(directory, path.Value), executable: false);
        }

        return true;
    }

    private Digest[] SetIn(string directory, StepInstance step) => [.. step.Checkpoint.Select(path => disk.Hash(Path.Combine(directory, path.Value), []).Bytes)];

    private bool IsComplete(string attempt, StepInstance step) =>
        disk.Stat(Path.Combine(attempt, AttemptMarks.Failed)) is null &&
        step.Checkpoint.All(path => disk.Stat(Path.Combine(attempt, "files", path.Value), followLinks: false) is { IsFile: true, Length: > 0 });
}
