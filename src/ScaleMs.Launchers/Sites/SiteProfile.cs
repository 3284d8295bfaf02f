using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Sites;

/// <summary>A place where steps run, as <c>sites.yaml</c> describes it.</summary>
public sealed record SiteProfile
{
    /// <summary>Its name, as <c>--launcher</c> and a step's placement give it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is written; nowhere for the built-in <c>local</c>.</summary>
    public SourceLocation DeclaredAt { get; init; }

    /// <summary>Which launcher serves it: <c>local</c>, <c>slurm</c>, <c>ssh</c> or <c>amqp</c>.</summary>
    public required string Launcher { get; init; }

    /// <summary>Whether the workspace is seen there under the same path. If not, inputs and outputs travel by content.</summary>
    public bool IsShared { get; init; } = true;

    /// <summary>The directory there for attempts and blobs where the workspace is not seen, or for scratch; may begin with <c>$VARIABLE</c> or <c>~</c>. Empty for <c>~/.cache/scalems</c>.</summary>
    public string Scratch { get; init; } = string.Empty;

    /// <summary>Modules that are loaded before the commands.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Lines of shell that run before the commands, after the modules.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Names of variables that steps get as they are set there: licences, <c>GMXLIB</c>. Not keyed.</summary>
    public IReadOnlyList<string> Pass { get; init; } = [];

    /// <summary>Variables that are set there for every step. Not keyed.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What one step may ask for at most, and how many attempts may be under way.</summary>
    public SiteLimits Limits { get; init; } = new();

    /// <summary>How many named tokens its steps may hold at once, where they are its own; the others are shared by all sites of a run.</summary>
    public IReadOnlyDictionary<string, int> Tokens { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>What only Slurm has; null elsewhere.</summary>
    public SlurmProfile? Slurm { get; init; }

    /// <summary>What only ssh has; null elsewhere.</summary>
    public SshProfile? Ssh { get; init; }

    /// <summary>What only the worker farm has; null elsewhere.</summary>
    public AmqpProfile? Amqp { get; init; }
}

/// <summary>The most that a site gives; null, or 0 of cores and memory, where it is not known.</summary>
public sealed record SiteLimits
{
    /// <summary>Attempts under way at once: submitted and not ended. 10,000 by default.</summary>
    public int Jobs { get; init; } = 10_000;

    /// <summary>Cores of one step.</summary>
    public int Cpus { get; init; }

    /// <summary>Memory of one step, bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Graphics processors of one step; null where it is not known, 0 for none.</summary>
    public int? Gpus { get; init; }

    /// <summary>The time limit of one step.</summary>
    public TimeSpan? Time { get; init; }
}

/// <summary>How jobs are submitted to Slurm.</summary>
public sealed record SlurmProfile
{
    /// <summary>The ssh destination of the login node; empty where <c>sbatch</c> runs here.</summary>
    public string Login { get; init; } = string.Empty;

    /// <summary><c>--partition</c>; empty for the site's default.</summary>
    public string Partition { get; init; } = string.Empty;

    /// <summary><c>--account</c>; empty for the user's default.</summary>
    public string Account { get; init; } = string.Empty;

    /// <summary><c>--qos</c>; empty for none.</summary>
    public string Qos { get; init; } = string.Empty;

    /// <summary><c>--reservation</c>; empty for none.</summary>
    public string Reservation { get; init; } = string.Empty;

    /// <summary><c>--constraint</c>; empty for none.</summary>
    public string Constraint { get; init; } = string.Empty;

    /// <summary>Further options of <c>sbatch</c>, one word each.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The most members of one array; 1,000 by default, as Slurm's own <c>MaxArraySize</c> is 1,001.</summary>
    public int MostArray { get; init; } = 1000;

    /// <summary>The time between two status queries; 5 s by default.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long like steps are collected before they are submitted together; 0.2 s by default.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many short steps are packed into one job; 1 for none. Only steps whose time limit is at most <see cref="PackTime"/> are packed.</summary>
    public int Pack { get; init; } = 1;

    /// <summary>Cores of a job that packs: as many of its steps run at once as have room there. One step's cores by default, so that they run one after the other.</summary>
    public int PackCpus { get; init; } = 1;

    /// <summary>The longest time limit of a step that is packed; 5 minutes by default.</summary>
    public TimeSpan PackTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long Slurm may stay silent before the attempts are given up: its controller restarts, or is being moved. 30 minutes by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an attempt that runs may show no sign of life before that is told; 5 minutes by default. Wrappers beat every 10 s, and file servers may show it a minute or two late.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it may show none before its job is cancelled; null, the default, for ever: Slurm's own word is awaited.</summary>
    public TimeSpan? SilenceLimit { get; init; }

    /// <summary>Whether tools and facts are asked for on a node, by a job, rather than where Slurm's commands are; false by default. What is answered enters keys.</summary>
    public bool AsksNodes { get; init; }

    /// <summary>How long such a job may take from its submission to its end before it is cancelled; 5 minutes by default.</summary>
    public TimeSpan FactsWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the answers of nodes count, for later runs too; a day by default.</summary>
    public TimeSpan FactsAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a result is waited for after its job has left the queue: a file server may show it late. 60 s by default.</summary>
    public TimeSpan FileDelay { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>Where ssh leads.</summary>
public sealed record SshProfile
{
    /// <summary>The hosts.</summary>
    public IReadOnlyList<SshHost> Hosts { get; init; } = [];

    /// <summary>Further options of <c>ssh</c>, one word each, such as <c>-F</c> and a file.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>How much what was sent may take on a host where the workspace is not seen, bytes; 20 GiB by default. What was used longest ago goes first.</summary>
    public long MostBlobBytes { get; init; } = 20L << 30;

    /// <summary>After which time without use what was sent is removed there; 14 days by default.</summary>
    public TimeSpan MostBlobAge { get; init; } = TimeSpan.FromDays(14);
}

/// <summary>A host.</summary>
/// <param name="Destination">As the ssh client takes it: an alias of its configuration, <c>user@host</c> or an <c>ssh://</c> address.</param>
/// <param name="Slots">Cores that steps may have there at once, at least 1.</param>
public sealed record SshHost(string Destination, int Slots = 1);

/// <summary>Where the broker is.</summary>
public sealed record AmqpProfile
{
    /// <summary>The address without credentials: <c>amqp://host:5672/vhost</c> or <c>amqps://…</c>; credentials come from <c>SCALEMS_AMQP_USER</c> and <c>SCALEMS_AMQP_PASSWORD</c>, or from <see cref="CredentialsFile"/>.</summary>
    public required string Broker { get; init; }

    /// <summary>A file with two lines, user and password, that only its owner may read; empty for the environment.</summary>
    public string CredentialsFile { get; init; } = string.Empty;

    /// <summary>The farm's name: part of the names of its queues; <c>default</c> by default.</summary>
    public string Farm { get; init; } = "default";

    /// <summary>Labels that a worker must carry to take this site's actions.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>0 to <see cref="MostPriority"/>: of actions that wait for the same workers, those of a higher priority are taken first; 4 by default.</summary>
    public int Priority { get; init; } = 4;

    /// <summary>The highest priority.</summary>
    public const int MostPriority = 9;

    /// <summary>Where blobs go: a directory that all see, or the address of a blob endpoint.</summary>
    public string Blobs { get; init; } = string.Empty;
}
