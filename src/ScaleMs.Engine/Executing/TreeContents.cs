namespace ScaleMs.Engine.Executing;

/// <summary>What was found in a directory that is an output.</summary>
/// <param name="Files">The regular files, in ordinal order of the paths below the directory.</param>
/// <param name="Links">The links, each with the file that it leads to.</param>
/// <param name="EmptyFolders">Folders that hold nothing.</param>
internal sealed record TreeContents(IReadOnlyList<TreeContents.TreeFile> Files, IReadOnlyList<TreeContents.TreeLink> Links, IReadOnlyList<string> EmptyFolders)
{
    public static TreeContents None { get; } = new([], [], []);

    /// <param name="Path">The path below the directory.</param>
    /// <param name="IsExecutable">Whether the owner may execute it.</param>
    internal sealed record TreeFile(string Path, bool IsExecutable);

    /// <param name="Path">The path below the directory.</param>
    /// <param name="Target">Where it points, as it is written.</param>
    /// <param name="File">The file that it leads to.</param>
    internal sealed record TreeLink(string Path, string Target, TreeFile File);
}
