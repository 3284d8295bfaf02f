using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>How an attempt ended.</summary>
/// <param name="Result">What its wrapper left; null when nothing.</param>
/// <param name="Word">What is said of it where the wrapper's record is missing or does not tell all; null where that is all.</param>
internal sealed record SlurmEnd(AttemptResult? Result, LaunchResult? Word)
{
    /// <summary>The result's text.</summary>
    internal string Text { get; init; } = string.Empty;

    internal LaunchResult ToLaunchResult() => Word ?? Result!.ToLaunchResult();
}
