namespace ScaleMs;

/// <summary>A file that the user keeps: an input that no step makes.</summary>
/// <param name="Path">Relative to the workspace with <c>/</c>, or absolute; the path never enters a key.</param>
public sealed record SourceFile(string Path)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}
