namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>What clients and workers tell each other besides actions and results; nothing depends on its arrival.</summary>
internal sealed record Notice
{
    public string Protocol { get; set; } = Wire.Version;

    /// <summary>A worker's announcement.</summary>
    public WorkerNotice? Worker { get; set; }

    /// <summary>A client's classes: who fits takes from their queues.</summary>
    public IReadOnlyList<ResourceClass>? Classes { get; set; }

    /// <summary>Attempts that nobody waits for any more.</summary>
    public IReadOnlyList<string>? Cancelled { get; set; }

    /// <summary>Attempts that nothing was heard of: a worker that has one says so.</summary>
    public IReadOnlyList<string>? Sought { get; set; }

    /// <summary>Attempts whose logs somebody listens to; said again every few seconds.</summary>
    public IReadOnlyList<FollowNotice>? Followed { get; set; }

    /// <summary>Asks workers to announce themselves now.</summary>
    public bool AsksForWorkers { get; set; }

    /// <summary>Asks clients for their classes: a worker has come.</summary>
    public bool AsksForClasses { get; set; }
}

/// <summary>What a worker says of itself.</summary>
internal sealed record WorkerNotice
{
    public string Name { get; set; } = string.Empty;

    public string Host { get; set; } = string.Empty;

    public int Slots { get; set; }

    public long MemoryBytes { get; set; }

    public int Gpus { get; set; }

    public IReadOnlyList<string> Labels { get; set; } = [];

    public int FreeSlots { get; set; }

    public bool IsDraining { get; set; }

    public bool HasStopped { get; set; }

    public long Done { get; set; }

    public long Failed { get; set; }

    public double LeaseSeconds { get; set; }

    public double UpSeconds { get; set; }

    /// <summary>What runs: at most <see cref="MostNamed"/> are named.</summary>
    public IReadOnlyList<RunningNotice> Running { get; set; } = [];

    /// <summary>Queues that it takes from.</summary>
    public IReadOnlyList<string> Fits { get; set; } = [];

    /// <summary>Classes that it does not fit, and why.</summary>
    public IReadOnlyDictionary<string, string> Unfit { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal const int MostNamed = 256;
}

/// <summary>A log that somebody listens to.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="From">How much of it came by now, bytes.</param>
internal sealed record FollowNotice(string Id, long From);

/// <summary>An action that runs.</summary>
internal sealed record RunningNotice(string Id, string Step, string Class, double Seconds);
