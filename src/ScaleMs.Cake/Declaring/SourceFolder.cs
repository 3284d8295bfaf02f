namespace ScaleMs;

/// <summary>A directory that the user keeps: all files that were in it when the workflow was defined.</summary>
/// <param name="Path">Relative to the workspace with <c>/</c>; the path never enters a key.</param>
/// <param name="Files">The files, in ordinal order; their names are those below the directory.</param>
public sealed record SourceFolder(string Path, IReadOnlyList<SourceFile> Files)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}
