using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Store.Cache;

/// <summary>What a collection removed, or would remove.</summary>
public sealed record CacheSweep
{
    /// <summary>The results that went, the one unused for longest first.</summary>
    public required IReadOnlyList<SweptResult> Results { get; init; }

    /// <summary>How many records went because they were damaged.</summary>
    public int DamagedRecords { get; init; }

    /// <summary>How many blobs went.</summary>
    public int Blobs { get; init; }

    /// <summary>How many bytes went, records and blobs.</summary>
    public long Bytes { get; init; }

    /// <summary>How many bytes stay.</summary>
    public long BytesLeft { get; init; }

    /// <summary>How many clients have the cache open; nothing goes that was used since the first of them came.</summary>
    public int LiveClients { get; init; }

    /// <summary>Only what was used last before this time could go.</summary>
    public DateTimeOffset Boundary { get; init; }

    /// <summary>What could not be removed, and why; it stays and is tried again next time.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The wall time that making the results once more would take, in seconds, one after the other.</summary>
    public double SecondsToMakeAgain => Results.Sum(result => result.WallSeconds);
}

/// <summary>A result that a collection removed, or would remove.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Step">The instance that made it first.</param>
/// <param name="LastUsed">When a client last found or made it.</param>
/// <param name="Bytes">The bytes of its record, and of the blobs that no other result needs by now.</param>
/// <param name="WallSeconds">How long it took to make.</param>
public sealed record SweptResult(ActionKey Key, StepId Step, DateTimeOffset LastUsed, long Bytes, double WallSeconds);
