namespace ScaleMs.Store.Maintenance;

/// <summary>How many bytes a store takes, by what they are for. Lengths of files, each blob once.</summary>
public sealed record UsageReport
{
    /// <summary>The store's folder.</summary>
    public required string Store { get; init; }

    /// <summary>The categories; together they are everything in the store's folder.</summary>
    public required IReadOnlyList<UsageRow> Categories { get; init; }

    /// <summary>Published copies in the workspace, outside the store's folder.</summary>
    public required UsageRow Published { get; init; }

    /// <summary>Those of them whose bytes the store does not have: kept in place, or the only copy left.</summary>
    public required UsageRow InPlace { get; init; }

    /// <summary>Blobs by task, largest first.</summary>
    public required IReadOnlyList<UsageRow> Tasks { get; init; }

    /// <summary>Blobs by step, largest first.</summary>
    public required IReadOnlyList<UsageRow> Steps { get; init; }

    /// <summary>Blobs that results of several steps name: each is counted once, at the first of its steps.</summary>
    public required UsageRow Shared { get; init; }

    /// <summary>Everything in the store's folder.</summary>
    public long Bytes => Categories.Sum(row => row.Bytes);
}
