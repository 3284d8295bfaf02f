using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Amqp;

/// <summary>What a worker offers and how it behaves.</summary>
public sealed record FarmWorkerOptions
{
    /// <summary>The broker.</summary>
    public required BrokerAddress Broker { get; init; }

    /// <summary>The farm's name; <c>default</c> by default.</summary>
    public string Farm { get; init; } = "default";

    /// <summary>The worker's name, for people; unique by a part that is made up at every start.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>The folder for attempts and copies of blobs; the worker's own.</summary>
    public required string Directory { get; init; }

    /// <summary>Where blobs are: a directory that all see, or the address of a blob endpoint.</summary>
    public required string Blobs { get; init; }

    /// <summary>The token of the blob endpoint; empty where a directory is used.</summary>
    public string BlobToken { get; init; } = string.Empty;

    internal const int MostSlots = 10_000;

    /// <summary>Cores that actions may have together, at least 1.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory that actions may have together, in bytes; 0 where it is not counted.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Graphics processors, as <c>CUDA_VISIBLE_DEVICES</c> names them.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>Labels: actions may ask for them.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>How many actions are taken beyond what runs, so that their inputs are here when a slot is free; 1 by default.</summary>
    public int Ahead { get; init; } = 1;

    /// <summary>The size of the copies of blobs that are kept, in bytes; 20 GiB by default.</summary>
    public long CacheBytes { get; init; } = 20L << 30;

    /// <summary>The largest file that is taken, in bytes; 1 TiB by default.</summary>
    public long MostFileBytes { get; init; } = 1L << 40;

    /// <summary>How long the worker may be without the broker before it ends what it runs; 30 s by default. The broker gives the actions to others after twice that time.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An action that takes longer than this is held under the lease; a shorter one that loses its connection may run twice. 3 s by default.</summary>
    public TimeSpan HoldAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>An action that has waited so long for a free slot is given back; 10 s by default.</summary>
    public TimeSpan GiveBackAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An action that so many workers were lost with goes to the poison queue; 4 by default.</summary>
    public int MostLosses { get; init; } = 4;

    /// <summary>When this machine is taken away: the end of an allocation. Actions that may take longer are not taken, and what runs then is ended in time. Null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The time before <see cref="Until"/> that is kept for storing what actions leave; a minute by default.</summary>
    public TimeSpan Reserve { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A worker that has had nothing to do for so long ends; null for never.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>Whether a scheduler gave this machine: when it takes it away it signals the worker and all that runs here, in any order.</summary>
    public bool IsInAllocation { get; init; }

    /// <summary>How long after a failure in an allocation the worker's own signal may come; 1 s by default.</summary>
    public TimeSpan SignalPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time between two signs of life on the connection; 10 s by default.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time between two announcements; 5 s by default.</summary>
    public TimeSpan Announcement { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What executes; this machine by default.</summary>
    public ILauncher Launcher { get; init; } = new LocalLauncher();

    /// <summary>What tells of this machine's tools and facts; null for the machine's shell.</summary>
    public ISite? Site { get; init; }

    /// <summary>Takes what people want to see.</summary>
    public Action<string> Notice { get; init; } = _ => { };
}
