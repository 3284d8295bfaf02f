namespace ScaleMs.Store.Maintenance;

/// <summary>What a collector removed, or would remove.</summary>
public sealed record GcReport
{
    /// <summary>The store's folder.</summary>
    public required string Store { get; init; }

    /// <summary>Whether nothing was touched.</summary>
    public required bool IsPreview { get; init; }

    /// <summary>What went, in that order: cheapest first.</summary>
    public required IReadOnlyList<GcItem> Items { get; init; }

    /// <summary>What could not be removed, and why.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>How many records were dropped.</summary>
    public int DroppedRecords { get; init; }

    /// <summary>Who was running meanwhile; null for nobody. Beside a run only what it cannot need goes.</summary>
    public string? Beside { get; init; }

    /// <summary>Whether something that was asked for was left for when the run has ended.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The bytes that went.</summary>
    public long Bytes => Items.Sum(item => item.Bytes);

    /// <summary>The recorded wall time of all the actions that make it again, each once, in seconds.</summary>
    public double SecondsToRecreate => Items.Where(item => item.Action.Length > 0).DistinctBy(item => item.Action).Sum(item => item.SecondsToRecreate);
}
