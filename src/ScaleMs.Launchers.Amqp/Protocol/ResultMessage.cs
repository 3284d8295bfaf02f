using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>How an attempt ended at a worker; also its sign that it has begun.</summary>
internal sealed record ResultMessage
{
    public string Protocol { get; init; } = Wire.Version;

    public string Id { get; init; } = string.Empty;

    public string Key { get; init; } = string.Empty;

    public string Worker { get; init; } = string.Empty;

    public string Host { get; init; } = string.Empty;

    /// <summary>Whether it has only begun: then nothing else is said.</summary>
    public bool HasOnlyBegun { get; init; }

    public LaunchEnd End { get; init; }

    public int ExitCode { get; init; }

    public int CommandIndex { get; init; }

    public double WallSeconds { get; init; }

    public double CpuSeconds { get; init; }

    public long PeakMemoryBytes { get; init; }

    public bool IsLasting { get; init; }

    public string Message { get; init; } = string.Empty;

    public FileList Outputs { get; init; } = new();

    /// <summary>Files beside the private directory: the outcome of a function, its next state.</summary>
    public IReadOnlyList<FileEntry> Beside { get; init; } = [];

    public FileEntry? Log { get; init; }
}
