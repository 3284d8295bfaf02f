namespace ScaleMs.Launchers.Remote;

/// <summary>How often attempts elsewhere are looked at, and how long they may be silent.</summary>
internal sealed record RemoteTiming
{
    /// <summary>The time between two listings of who has ended; one listing for all attempts. 0.25 s by default.</summary>
    internal TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Within this time each attempt is looked at by itself: claim, heartbeat, result. 15 s by default.</summary>
    internal TimeSpan Look { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a heartbeat may stay the same before the node counts as lost; only time in which the site answered counts. 60 s by default.</summary>
    internal TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a file is waited for after it must be there: a file server may show it late. 60 s by default.</summary>
    internal TimeSpan FileDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an attempt may stay unclaimed; null for ever, as in a scheduler's queue.</summary>
    internal TimeSpan? NeverStarts { get; init; }

    /// <summary>How many logs are read at a time, and how many results are brought back at a time. 8 by default.</summary>
    internal int AtATime { get; init; } = 8;

    /// <summary>How many logs are read per tick; those of the others wait for their turn. 100 by default.</summary>
    internal int LogsPerTick { get; init; } = 100;
}
