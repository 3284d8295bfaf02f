using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>How an attempt ended at a worker; also its sign that it has begun.</summary>
internal sealed record ResultMessage
{
    public string Protocol { get; set; } = Wire.Version;

    public string Id { get; set; } = string.Empty;

    public string Key { get; set; } = string.Empty;

    public string Worker { get; set; } = string.Empty;

    public string Host { get; set; } = string.Empty;

    /// <summary>Whether it has only begun: then nothing else is said but a piece of its log.</summary>
    public bool HasOnlyBegun { get; set; }

    /// <summary>Whether it has not even begun: it is with the worker, which was asked, and waits for a slot.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>What it printed meanwhile, where somebody listens.</summary>
    public byte[]? Piece { get; set; }

    /// <summary>Where in the log the piece is.</summary>
    public long PieceAt { get; set; }

    public LaunchEnd End { get; set; }

    public int ExitCode { get; set; }

    public int CommandIndex { get; set; }

    public double WallSeconds { get; set; }

    public double CpuSeconds { get; set; }

    public long PeakMemoryBytes { get; set; }

    public bool IsLasting { get; set; }

    public string Message { get; set; } = string.Empty;

    public FileList Outputs { get; set; } = new();

    /// <summary>Files beside the private directory: the outcome of a function, its next state.</summary>
    public IReadOnlyList<FileEntry> Beside { get; set; } = [];

    public FileEntry? Log { get; set; }
}
