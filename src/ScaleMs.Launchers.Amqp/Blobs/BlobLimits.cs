namespace ScaleMs.Launchers.Amqp;

/// <summary>What a place of blobs may keep.</summary>
public sealed record BlobLimits
{
    /// <summary>The least <see cref="MostAge"/>, and how long a blob is kept after its last use whatever the size: what is being sent and brought is younger.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <summary>Blobs that were not used for longer are removed; null for no limit.</summary>
    public TimeSpan? MostAge { get; init; }

    /// <summary>Beyond this size those that were used longest ago are removed, in bytes; null for no limit.</summary>
    public long? MostBytes { get; init; }

    internal bool AreNone => MostAge is null && MostBytes is null;
}
