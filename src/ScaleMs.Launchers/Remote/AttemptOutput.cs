using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Remote;

/// <summary>What an attempt left, as the node saw it.</summary>
/// <param name="Path">Below the private directory.</param>
/// <param name="Kind">A file, a directory or a link.</param>
internal sealed record AttemptOutput(ArtifactPath Path, AttemptOutputKind Kind)
{
    /// <summary>A file's length, bytes.</summary>
    internal long Bytes { get; init; }

    /// <summary>A file's digest.</summary>
    internal Digest Digest { get; init; }

    /// <summary>Whether a file may be executed.</summary>
    internal bool IsExecutable { get; init; }

    /// <summary>Where a link leads, as it was written; whoever makes it again must see that it stays inside.</summary>
    internal string Target { get; init; } = string.Empty;
}

/// <summary>Kinds of output.</summary>
internal enum AttemptOutputKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory; what is in it is told apart.</summary>
    Directory,

    /// <summary>A symbolic link in a tree.</summary>
    Link,

    /// <summary>What is none of these, such as a pipe: nobody can bring it back.</summary>
    Other,
}
