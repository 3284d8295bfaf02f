namespace ScaleMs.Store.Cache;

/// <summary>What a collection is to leave. Without a limit only what nobody can use goes: bytes that no record names, damaged records.</summary>
public sealed record CacheLimits
{
    /// <summary>The most bytes to leave; what was not used for longest goes first. Null for no limit.</summary>
    public long? MostBytes { get; init; }

    /// <summary>How long ago a result may have been used at most. Null for no limit.</summary>
    public TimeSpan? LongestUnused { get; init; }

    /// <summary>How long anything stays after its last use in any case; one hour by default.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(1);
}
