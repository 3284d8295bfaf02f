using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Records;

/// <summary>A fact that the journal keeps. The folded sequence of records is the store's whole state.</summary>
public abstract record StoreRecord
{
    private protected StoreRecord()
    {
    }
}

/// <summary>What an action's attempt is about to be launched: written before the launch.</summary>
/// <param name="Step">The instance.</param>
/// <param name="Key">The action's key.</param>
/// <param name="Directory">The attempt's private directory, relative to the store.</param>
/// <param name="RunId">The run.</param>
/// <param name="At">When.</param>
public sealed record IntentRecord(StepId Step, ActionKey Key, string Directory, string RunId, DateTimeOffset At) : StoreRecord;

/// <summary>One attempt at an action.</summary>
/// <param name="Number">From 1.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="WallSeconds">How long it took.</param>
/// <param name="Outcome"><c>done</c>, <c>interrupted</c> or a failure class.</param>
public sealed record AttemptRecord(int Number, DateTimeOffset StartedAt, double WallSeconds, string Outcome)
{
    /// <summary>The exit code of its last command, if it failed; else 0.</summary>
    public int ExitCode { get; init; }

    /// <summary>The largest resident memory of one of its processes, in bytes, if it failed and that is known; else 0. A result holds that of the attempt that made it.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>The memory that it was given, in bytes; 0 when it claimed none.</summary>
    public long GrantedBytes { get; init; }

    /// <summary>The time limit that it was given, in seconds; 0 for none.</summary>
    public double GrantedSeconds { get; init; }
}

/// <summary>What a step instance stands at: the key under which it is up to date.</summary>
/// <param name="Step">The instance.</param>
/// <param name="Key">The key.</param>
/// <param name="RunId">The run that set it.</param>
/// <param name="At">When.</param>
public sealed record StepStateRecord(StepId Step, ActionKey Key, string RunId, DateTimeOffset At) : StoreRecord;

/// <summary>A file's digest, valid while its stat tuple stays the same.</summary>
/// <param name="Path">The path: relative to the workspace with <c>/</c>, or absolute outside it.</param>
/// <param name="Stat">The stat tuple at the time of hashing.</param>
/// <param name="Bytes">The byte digest.</param>
/// <param name="Identities">Identities computed from the same pass, by rule name and version (<c>text/1</c>).</param>
public sealed record FileFactRecord(string Path, FileStat Stat, Digest Bytes, IReadOnlyList<KeyValuePair<string, Digest>> Identities) : StoreRecord;

/// <summary>The stat tuple that stands for a file's content.</summary>
/// <param name="Device">The device number.</param>
/// <param name="Inode">The inode number.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="ModifiedNs">Modification time in nanoseconds since 1970.</param>
/// <param name="ChangedNs">Status change time in nanoseconds since 1970; 0 where the system has none.</param>
/// <param name="Mode">Type and permission bits as POSIX gives them.</param>
public readonly record struct FileStat(ulong Device, ulong Inode, long Length, long ModifiedNs, long ChangedNs, uint Mode)
{
    /// <summary>Whether it is a regular file.</summary>
    public bool IsFile => (Mode & 0xF000) == 0x8000;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Mode & 0xF000) == 0x4000;

    /// <summary>Whether it is a symbolic link (only where links were not followed).</summary>
    public bool IsLink => (Mode & 0xF000) == 0xA000;

    /// <summary>Whether the owner may execute it.</summary>
    public bool IsExecutable => (Mode & 0x40) != 0;
}

/// <summary>A published file: which instance put which bytes where. Publishing never overwrites bytes that no record of ours holds.</summary>
/// <param name="Path">The path relative to the workspace.</param>
/// <param name="Step">The instance.</param>
/// <param name="Bytes">The byte digest that was published.</param>
public sealed record PublishedRecord(ArtifactPath Path, StepId Step, Digest Bytes) : StoreRecord;

/// <summary>A path that is no longer published.</summary>
/// <param name="Path">The path relative to the workspace.</param>
public sealed record UnpublishedRecord(ArtifactPath Path) : StoreRecord;

/// <summary>The fingerprint of a tool, valid while the stat tuples of its files stay the same.</summary>
/// <param name="Probe">What was asked: the executable's real path and the version rule.</param>
/// <param name="Files">The executable and the libraries it loads, each with its stat tuple.</param>
/// <param name="Fingerprint">The fingerprint's labels and values, in the order of the version rule.</param>
public sealed record ToolFactRecord(
    string Probe,
    IReadOnlyList<KeyValuePair<string, FileStat>> Files,
    IReadOnlyList<KeyValuePair<string, string>> Fingerprint) : StoreRecord;

/// <summary>A run that did something.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Target">The target.</param>
/// <param name="Outcome">The run's outcome.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="WallSeconds">How long it took.</param>
/// <param name="Executed">How many instances were executed.</param>
public sealed record RunRecord(string RunId, string Target, string Outcome, DateTimeOffset StartedAt, double WallSeconds, int Executed) : StoreRecord;
