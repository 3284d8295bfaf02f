namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>A file, directory or link below the attempt's root.</summary>
internal sealed record FileEntry
{
    /// <summary>Relative, with <c>/</c>.</summary>
    public string Path { get; set; } = string.Empty;

    public FileKind Kind { get; set; }

    /// <summary>SHA-256, hexadecimal.</summary>
    public string Digest { get; set; } = string.Empty;

    public long Bytes { get; set; }

    public bool IsExecutable { get; set; }

    /// <summary>Where a link leads, relative.</summary>
    public string? Link { get; set; }

    /// <summary>The content of a small file.</summary>
    public byte[]? Content { get; set; }
}

/// <summary>What an entry is.</summary>
internal enum FileKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    Link,
}

/// <summary>Files: in the message, or a long list as a blob.</summary>
internal sealed record FileList
{
    public IReadOnlyList<FileEntry>? Entries { get; set; }

    /// <summary>The digest of the blob that holds the list; empty where the entries are here.</summary>
    public string Digest { get; set; } = string.Empty;

    public long Bytes { get; set; }
}
