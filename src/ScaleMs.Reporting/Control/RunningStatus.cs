using ScaleMs.Reporting.Terminal;

namespace ScaleMs.Reporting.Control;

/// <summary>An instance that runs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Since">When this attempt began.</param>
/// <param name="Seconds">For how long.</param>
public sealed record RunningStatus(string Id, DateTimeOffset Since, double Seconds)
{
    /// <summary>How many units of work are done; null when it has not told.</summary>
    public long? Done { get; init; }

    /// <summary>How many there are; 0 when that is not known.</summary>
    public long? Total { get; init; }

    /// <summary>The unit.</summary>
    public string? Unit { get; init; }

    /// <summary>How fast it is, in its own words.</summary>
    public string? Rate { get; init; }

    /// <summary>How long it took last time; null when that is not known.</summary>
    public double? ExpectedSeconds { get; init; }

    /// <summary>Seconds that are left, estimated; null when too little is known.</summary>
    public double? RestSeconds { get; init; }

    internal static RunningStatus Of(RunningStep step, DateTimeOffset now) => new(step.Id.ToString(), step.Since, step.AgeAt(now))
    {
        Done = step.Progress?.Done,
        Total = step.Progress?.Total,
        Unit = step.Progress?.Unit,
        Rate = step.Progress?.Rate,
        ExpectedSeconds = step.ExpectedSeconds,
        RestSeconds = step.RestAt(now),
    };
}
