namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>What clients and workers tell each other besides actions and results; nothing depends on its arrival.</summary>
internal sealed record Notice
{
    public string Protocol { get; init; } = Wire.Version;

    /// <summary>A worker's announcement.</summary>
    public WorkerNotice? Worker { get; init; }

    /// <summary>A client's classes: who fits takes from their queues.</summary>
    public IReadOnlyList<ResourceClass>? Classes { get; init; }

    /// <summary>Attempts that nobody waits for any more.</summary>
    public IReadOnlyList<string>? Cancelled { get; init; }

    /// <summary>Asks clients for their classes: a worker has come.</summary>
    public bool AsksForClasses { get; init; }
}

/// <summary>What a worker says of itself.</summary>
internal sealed record WorkerNotice
{
    public string Name { get; init; } = string.Empty;

    public string Host { get; init; } = string.Empty;

    public int Slots { get; init; }

    public long MemoryBytes { get; init; }

    public int Gpus { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    public int FreeSlots { get; init; }

    public bool IsDraining { get; init; }

    public bool HasStopped { get; init; }

    public long Done { get; init; }

    public long Failed { get; init; }

    public double UpSeconds { get; init; }

    /// <summary>What runs: at most <see cref="MostNamed"/> are named.</summary>
    public IReadOnlyList<RunningNotice> Running { get; init; } = [];

    /// <summary>Queues that it takes from.</summary>
    public IReadOnlyList<string> Fits { get; init; } = [];

    /// <summary>Classes that it does not fit, and why.</summary>
    public IReadOnlyDictionary<string, string> Unfit { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal const int MostNamed = 256;
}

/// <summary>An action that runs.</summary>
internal sealed record RunningNotice(string Id, string Step, string Class, double Seconds);
