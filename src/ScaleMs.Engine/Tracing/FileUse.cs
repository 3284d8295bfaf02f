namespace ScaleMs.Engine.Tracing;

/// <summary>What a process did with a path.</summary>
internal enum FileUseKind
{
    /// <summary>Opened it to read.</summary>
    Read,

    /// <summary>Started it.</summary>
    Execute,

    /// <summary>Made it, opened it to write, or changed what is known of it.</summary>
    Write,

    /// <summary>Removed it, or gave it another name.</summary>
    Remove,

    /// <summary>Looked for it, and nothing was there.</summary>
    Miss,
}

/// <summary>A use of a path.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Path">The path, absolute, as it was asked for.</param>
/// <param name="Real">The file, all links resolved; null where it is not known.</param>
internal sealed record FileUse(FileUseKind Kind, string Path, string? Real);
