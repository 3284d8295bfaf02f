namespace ScaleMs.Testing;

/// <summary>How a simulated run goes.</summary>
public sealed record SimulatedRunOptions
{
    /// <summary>Whether independent steps go on after a failure.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>The host crashes after this virtual time; null for never.</summary>
    public TimeSpan? CrashAfter { get; init; }

    /// <summary>The host crashes instead of making its n-th change of disk or store, from 1; null for never.</summary>
    public int? CrashAtChange { get; init; }

    /// <summary>The run is interrupted, as by Ctrl-C, after this virtual time; null for never.</summary>
    public TimeSpan? InterruptAfter { get; init; }
}
