namespace ScaleMs.Store.Maintenance;

/// <summary>What <see cref="GarbageCollector"/> may remove. By itself only what nothing can need.</summary>
public sealed record GcRequest
{
    /// <summary>How many folders of <c>runs/</c> stay when nothing else is said.</summary>
    public const int DefaultKeptLogs = 100;

    /// <summary>Removes the bytes of results that no step stands at and that are older; null for none by age. Above 0.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Removes the least valuable bytes (fewest recorded seconds per byte, oldest first; those that steps stand at last) until no more are left; null for no limit. In bytes, 0 or more.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Keeps what the newest runs made, besides what steps stand at; the bytes of all other results go, unless age or size says which. 0 or more.</summary>
    public int? KeepRuns { get; init; }

    /// <summary>Also removes what was moved aside: <c>kept/</c> and <c>damaged/</c>.</summary>
    public bool All { get; init; }

    /// <summary>Also drops the records of results that no step stands at and that are older than <see cref="OlderThan"/>, and rewrites the journal.</summary>
    public bool Records { get; init; }

    /// <summary>Only tells what would go; writes nothing.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Whether something is asked for that no run may be beside.</summary>
    internal bool NeedsLock => OlderThan is not null || MaxBytes is not null || KeepRuns is not null || All || Records;
}
