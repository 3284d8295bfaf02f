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

/// <summary>An artifact that an action made.</summary>
/// <param name="Path">The output's path in the private directory.</param>
/// <param name="Bytes">The byte digest.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Identity">The identity's digest, which consumers' keys take.</param>
/// <param name="RuleName">The identity rule's name.</param>
/// <param name="RuleVersion">The identity rule's version.</param>
/// <param name="IsExecutable">Whether the owner may execute the file.</param>
/// <param name="Keep">How long its bytes were to be kept when it was made: bytes that were given up are not lost.</param>
public sealed record OutputRecord(
    ArtifactPath Path, Digest Bytes, long Length, Digest Identity, string RuleName, int RuleVersion, bool IsExecutable = false, Keep Keep = Keep.Always)
{
    /// <summary>What the store holds for an output that is absent, so that its record is kept, checked and shared like any other.</summary>
    public const string AbsentText = "scalems.absent/1\n";

    internal const string AbsentRule = "scalems.absent";

    /// <summary>How it was compared with the one that stood for it before; null where it was not, or is byte for byte the same.</summary>
    public ComparedOutput? Compared { get; init; }

    /// <summary>Whether it stands for a directory; its bytes are then those of the <see cref="TreeListing"/>.</summary>
    public bool IsTree => RuleName == OutputIdentity.Listing.Name;

    /// <summary>Whether the step left it out.</summary>
    public bool IsAbsent => RuleName == AbsentRule;

    /// <summary>The record of an output that the step left out. Its identity is that of no file, an empty one included.</summary>
    /// <param name="path">The output's path in the private directory.</param>
    /// <param name="keep">How long bytes of it would have been kept.</param>
    /// <returns>The record.</returns>
    public static OutputRecord Absent(ArtifactPath path, Keep keep)
    {
        var digest = Digest.OfText(AbsentText);
        return new OutputRecord(path, digest, AbsentText.Length, digest, AbsentRule, 1, Keep: keep);
    }
}

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

/// <summary>The result of an action that succeeded. Records outlive the bytes they name.</summary>
public sealed record ActionResult : StoreRecord
{
    /// <summary>The action's key.</summary>
    public required ActionKey Key { get; init; }

    /// <summary>The instance that made it first.</summary>
    public required StepId Step { get; init; }

    /// <summary>The outputs, in the declaration's order; the files of a directory follow its own record.</summary>
    public required IReadOnlyList<OutputRecord> Outputs { get; init; }

    /// <summary>The key's components, so that a later change can be explained by value.</summary>
    public required IReadOnlyList<KeyComponent> Components { get; init; }

    /// <summary>The run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Wall time of the attempt that succeeded, in seconds.</summary>
    public double WallSeconds { get; init; }

    /// <summary>Processor time of the attempt that succeeded, in seconds.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>The largest resident memory of one of its processes, or of all at one time as far as they were looked at, whichever is more; bytes, 0 when unknown.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>The exit code of the last command.</summary>
    public int ExitCode { get; init; }

    /// <summary>The attempts, this one last.</summary>
    public IReadOnlyList<AttemptRecord> Attempts { get; init => field = SoleAttempt.Or(value); } = [];

    /// <summary>The launcher's name.</summary>
    public string Launcher { get; init; } = "local";

    /// <summary>The host it ran on.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>Whether it continued from a checkpoint of an earlier attempt; such a result never becomes a reference for comparison.</summary>
    public bool IsContinued { get; init; }

    /// <summary>The log's byte digest; none when the action printed nothing.</summary>
    public Digest Log { get; init; }

    /// <summary>The folder that it was imported from, as the user named it; null when the action ran. Nobody verified that the action would make it.</summary>
    public string? ImportedFrom { get; init; }

    /// <summary>What the step keeps for its next run, a JSON object; null when it keeps nothing. Only steps that run always do.</summary>
    public string? KeptState { get; init; }

    /// <summary>The records of an output: its own, and for a directory those of the files in it.</summary>
    /// <param name="output">The declaration.</param>
    /// <returns>The records, in ordinal order of their paths.</returns>
    public IEnumerable<OutputRecord> RecordsOf(Output output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.IsTree ? Outputs.Where(record => output.Covers(record.Path)) : [OutputAt(output.Path)];
    }

    /// <summary>The bytes that an output made anew is compared with, where its identity has a tolerance.</summary>
    /// <param name="output">The declaration.</param>
    /// <returns>Those of the one that was recorded first and stands for all within tolerance since, which none is that continued from a checkpoint; nothing where there is none.</returns>
    public Digest Representative(Output output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Find(output.Path) is { } record && output.Identity.IsOf(record)
            ? !IsContinued ? record.Bytes : record.Compared?.Former ?? default
            : default;
    }

    /// <summary>The record of an output.</summary>
    /// <param name="path">The output's path in the private directory.</param>
    /// <returns>Its record.</returns>
    /// <exception cref="KeyNotFoundException">The action has no such output.</exception>
    public OutputRecord OutputAt(ArtifactPath path) => Find(path) ?? throw new KeyNotFoundException($"'{Step}' has no output '{path}'.");

    /// <summary>The record of an output, or of a file in one that is a directory.</summary>
    /// <param name="path">The path in the private directory.</param>
    /// <returns>Its record; null when there is none.</returns>
    public OutputRecord? Find(ArtifactPath path)
    {
        for (var i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i].Path == path)
            {
                return Outputs[i];
            }
        }

        return null;
    }
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
