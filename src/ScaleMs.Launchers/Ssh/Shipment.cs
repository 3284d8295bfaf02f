using ScaleMs.Core.Digests;

namespace ScaleMs.Launchers.Ssh;

/// <summary>What is to stand in one folder at a site.</summary>
/// <param name="Root">The folder, below the scratch folder.</param>
/// <param name="Entries">What it is to hold, folders before what is in them.</param>
internal sealed record Shipment(string Root, IReadOnlyList<ShippedEntry> Entries)
{
    /// <summary>Whether the folder is made beside its place and gets its name at last, so that it is there whole or not at all.</summary>
    internal bool IsRenamed { get; init; }

    /// <summary>A folder below the scratch folder that it needs, which is young again; empty for none.</summary>
    internal string Needed { get; init; } = string.Empty;
}

/// <summary>Something in a folder that is shipped.</summary>
/// <param name="Path">Its path in the folder.</param>
internal abstract record ShippedEntry(string Path)
{
    /// <summary>A folder.</summary>
    internal sealed record Folder(string Path) : ShippedEntry(Path);

    /// <summary>A symbolic link that stays inside.</summary>
    internal sealed record Link(string Path, string Target) : ShippedEntry(Path);

    /// <summary>A file that is kept there as a blob, for later attempts.</summary>
    internal sealed record Blob(string Path, string Source, long Bytes, Digest Digest, bool IsExecutable) : ShippedEntry(Path);

    /// <summary>A text that is kept nowhere else: it may hold secrets.</summary>
    internal sealed record Private(string Path, byte[] Bytes) : ShippedEntry(Path);
}
