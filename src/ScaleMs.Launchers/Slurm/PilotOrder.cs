namespace ScaleMs.Launchers.Slurm;

/// <summary>How many workers of a farm are started as jobs of a cluster, and what each of them gets.</summary>
public sealed record PilotOrder
{
    /// <summary>How many, at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Cores of each, at least 1.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Memory of each, in bytes; 0 for the partition's default.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Graphics processors of each.</summary>
    public int Gpus { get; init; }

    /// <summary>The time of each allocation; null for the partition's default.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How long one may have nothing to do before it ends; 10 minutes by default.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The words that start the program <c>scalems</c> on a node; the one in its PATH by default.</summary>
    public IReadOnlyList<string> Program { get; init; } = ["scalems"];

    /// <summary>A file on the nodes with the token of the blob endpoint; empty where none is needed.</summary>
    public string TokenFile { get; init; } = string.Empty;

    /// <summary>Variables that are set for the worker: where its runtime and its authorities are. Never credentials: jobs are looked at by others.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
