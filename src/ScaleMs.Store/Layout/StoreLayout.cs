using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Layout;

/// <summary>Where everything in a store's folder stands. The only place that knows the names.</summary>
/// <param name="root">The store's folder, absolute.</param>
/// <param name="workspace">The workspace's folder, absolute; null where the store is in it.</param>
internal sealed class StoreLayout(string root, string? workspace = null)
{
    private readonly string _belowBlobs = Path.Combine(root, "blobs", "sha256") + Path.DirectorySeparatorChar;

    public string Root { get; } = root;

    public string Workspace { get; } = workspace ?? Path.GetDirectoryName(root)!;

    public string FormatFile { get; } = Path.Combine(root, "store.json");

    /// <summary>Holds <c>*</c>, so that git never sees the store.</summary>
    public string IgnoreFile { get; } = Path.Combine(root, ".gitignore");

    public string Journal { get; } = Path.Combine(root, "journal");

    public string Index { get; } = Path.Combine(root, "index");

    /// <summary>Remembered null runs, one file for each set of circumstances.</summary>
    public string NullRuns { get; } = Path.Combine(root, "null-runs");

    public string LockFile { get; } = Path.Combine(root, "lock");

    public string OwnerFile { get; } = Path.Combine(root, "owner.json");

    public string Blobs { get; } = Path.Combine(root, "blobs", "sha256");

    /// <summary>Blobs being written; whatever a killed process left there is removed by the next writer.</summary>
    public string Incoming { get; } = Path.Combine(root, "blobs", "tmp");

    /// <summary>Locked for an instant by a writer that takes over a blob it found, and by a collector that removes blobs beside it.</summary>
    public string Gate { get; } = Path.Combine(root, "blobs", "gate");

    /// <summary>Blobs whose bytes were not what their name says.</summary>
    public string Damaged { get; } = Path.Combine(root, "damaged");

    /// <summary>Private directories of attempts.</summary>
    public string Work { get; } = Path.Combine(root, "work");

    /// <summary>Event logs and summaries.</summary>
    public string Runs { get; } = Path.Combine(root, "runs");

    /// <summary>What was taken out of the workspace and may be somebody's work.</summary>
    public string Kept { get; } = Path.Combine(root, "kept");

    /// <summary>The database that people query, where there is one.</summary>
    public string Database { get; } = Path.Combine(root, "filestore.db");

    public static StoreLayout Of(string workspace, string directoryName) =>
        new(Path.GetFullPath(Path.Combine(workspace, directoryName)), Path.GetFullPath(workspace));

    /// <summary>What the name of a kept definition adds to that of its null run.</summary>
    public const string DefinitionExtension = ".steps";

    /// <summary>The definition of a remembered null run.</summary>
    public string Definition(Digest circumstances) => NullRun(circumstances) + DefinitionExtension;

    public string NullRun(Digest circumstances) => Path.Combine(NullRuns, circumstances.Brief);

    /// <summary>Two digits fan out: 256 folders stay small up to some millions of blobs.</summary>
    public string Blob(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        digest.CopyTo(bytes);
        Span<char> hex = stackalloc char[2 * Digest.Size];
        Convert.TryToHexStringLower(bytes, hex, out _);
        return string.Concat(_belowBlobs, hex[..2], [Path.DirectorySeparatorChar], hex[2..]);
    }
}
