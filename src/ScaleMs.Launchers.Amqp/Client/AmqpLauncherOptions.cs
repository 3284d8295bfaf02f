using ScaleMs.Launchers.Amqp.Broker;

namespace ScaleMs.Launchers.Amqp;

/// <summary>Where a farm is and how it is used.</summary>
public sealed record AmqpLauncherOptions
{
    /// <summary>The broker.</summary>
    public required BrokerAddress Broker { get; init; }

    /// <summary>The farm's name; <c>default</c> by default.</summary>
    public string Farm { get; init; } = "default";

    /// <summary>Where blobs go: a directory that all see, or the address of a blob endpoint.</summary>
    public required string Blobs { get; init; }

    /// <summary>The token of the blob endpoint; empty where a directory is used.</summary>
    public string BlobToken { get; init; } = string.Empty;

    /// <summary>The site's name, as it is recorded.</summary>
    public string Site { get; init; } = "amqp";

    /// <summary>Labels that a worker must carry to take these actions.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>0 to 9: actions of a higher priority are taken first; 4 by default.</summary>
    public int Priority { get; init; } = 4;

    /// <summary>The largest file that is taken from a worker, in bytes; 1 TiB by default.</summary>
    public long MostFileBytes { get; init; } = 1L << 40;

    /// <summary>Names of variables that steps get as they are set at the worker. Not keyed.</summary>
    public IReadOnlyList<string> Pass { get; init; } = [];

    /// <summary>Variables that are set for every step; a step's own come before them. Not keyed.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a worker's answer about a tool is waited for; 60 s by default.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an action waits that no worker fits while there are workers; 60 s by default.</summary>
    public TimeSpan NoFitPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an action is looked for that is neither in its queue nor with a worker, before it is held for lost; 5 minutes by default, and never less than four leases of a worker.</summary>
    public TimeSpan LostPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The time between two signs of life on the connection; 10 s by default.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time between two announcements of the classes of actions that wait; 5 s by default.</summary>
    public TimeSpan Announcement { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Takes what is odd and costs nothing: a lost connection, a replayed result.</summary>
    public Action<string> Notice { get; init; } = _ => { };
}
