using ScaleMs.Core.Model;

namespace ScaleMs.Reporting.Terminal;

/// <summary>An instance that is being executed.</summary>
/// <param name="Id">The instance.</param>
/// <param name="Since">When this attempt began.</param>
/// <param name="ExpectedSeconds">How long it took last time; null when that is not known.</param>
/// <param name="Progress">How far it is; null when it has not told.</param>
internal sealed record RunningStep(StepId Id, DateTimeOffset Since, double? ExpectedSeconds, Progress? Progress = null)
{
    /// <summary>When a plain line last told of it.</summary>
    public DateTimeOffset ToldAt { get; set; } = Since;

    /// <summary>Seconds since this attempt began.</summary>
    public double AgeAt(DateTimeOffset now) => Math.Max(0, (now - Since).TotalSeconds);

    /// <summary>Seconds that are left: by its own progress, which knows this machine, else by history; null when neither tells.</summary>
    public double? RestAt(DateTimeOffset now)
    {
        var age = AgeAt(now);
        if (Progress is { Done: > 0 } progress && progress.Total >= progress.Done && age > 1)
        {
            return age * (progress.Total - progress.Done) / progress.Done;
        }

        return ExpectedSeconds is { } expected ? Math.Max(0, expected - age) : null;
    }
}
