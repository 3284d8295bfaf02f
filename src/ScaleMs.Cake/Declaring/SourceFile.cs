namespace ScaleMs;

/// <summary>A file that the user keeps: an input that no step makes.</summary>
/// <param name="Path">Relative to the workspace with <c>/</c>, or absolute; the path never enters a key.</param>
public sealed record SourceFile(string Path)
{
    /// <summary>What it is called among others: its path below the folder of the pattern that found it, else its own name.</summary>
    public string Name { get; init; } = System.IO.Path.GetFileName(Path);

    /// <inheritdoc/>
    public override string ToString() => Path;
}
