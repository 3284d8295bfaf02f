using System.Text.Json.Serialization;
using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>One attempt at an action, as it travels. Paths are those of the client until the worker rebases them.</summary>
internal sealed record ActionMessage
{
    public string Protocol { get; set; } = Wire.Version;

    /// <summary>Names the attempt; made up by the client.</summary>
    public string Id { get; set; } = string.Empty;

    public string Key { get; set; } = string.Empty;

    public string Step { get; set; } = string.Empty;

    /// <summary>The queue of the client that takes the result.</summary>
    public string ReplyTo { get; set; } = string.Empty;

    public ResourceClass Class { get; set; } = new();

    /// <summary>The attempt's root at the client: every path that begins with it means the worker's.</summary>
    public string Root { get; set; } = string.Empty;

    /// <summary>The name of the private directory in the root.</summary>
    public string Directory { get; set; } = string.Empty;

    public IReadOnlyList<CommandMessage> Commands { get; set; } = [];

    /// <summary>Starts a process that does what the only command does, for others too; null for none. A worker that does not know it runs the command.</summary>
    public CommandMessage? Worker { get; set; }

    public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<string> Pass { get; set; } = [];

    public FileList Inputs { get; set; } = new();

    /// <summary>Programs that travel with the action; null for none.</summary>
    public ProgramsMessage? Programs { get; set; }

    public IReadOnlyList<OutputMessage> Outputs { get; set; } = [];

    public IReadOnlyList<int> AllowedExitCodes { get; set; } = [0];

    public double TimeLimitSeconds { get; set; }

    public long MemoryLimitBytes { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double GraceSeconds { get; set; } = 10;

    /// <summary>Whether what it prints may hold secrets: then its log goes to nobody but the client.</summary>
    public bool IsSecret { get; set; }

    public LogFraming Framing { get; set; }
}

/// <summary>A command.</summary>
internal sealed record CommandMessage
{
    public string Program { get; set; } = string.Empty;

    /// <summary>The tool that the program is, where the farm was asked for it; the worker starts its own.</summary>
    public string Tool { get; set; } = string.Empty;

    public IReadOnlyList<string> Arguments { get; set; } = [];

    public string? Input { get; set; }

    public string? InputFile { get; set; }

    public string? Output { get; set; }

    public string? Error { get; set; }
}

/// <summary>What is to be in the private directory at the end.</summary>
internal sealed record OutputMessage(string Path, bool IsTree, bool IsOptional);

/// <summary>Folders and files of the client that the commands need, laid out below one folder as they are below the client's root: programs find their libraries by relative paths.</summary>
/// <param name="Paths">Absolute, at the client.</param>
/// <param name="Digest">The digest of the list of files.</param>
/// <param name="Files">The files; paths are the client's without the first slash.</param>
internal sealed record ProgramsMessage(IReadOnlyList<string> Paths, string Digest, FileList Files);
