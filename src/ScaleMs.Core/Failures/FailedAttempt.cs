using ScaleMs.Core.Model;

namespace ScaleMs.Core.Failures;

/// <summary>An attempt of this run that failed, as the retry policy sees it.</summary>
/// <param name="Failure">Why.</param>
/// <param name="Granted">What it was given.</param>
/// <param name="WasContinued">Whether it went on from a checkpoint.</param>
/// <param name="LeftCheckpoint">Whether it left a whole checkpoint set that differs from the one it began with.</param>
public sealed record FailedAttempt(Failure Failure, Resources Granted, bool WasContinued = false, bool LeftCheckpoint = false);
