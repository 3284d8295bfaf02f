using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>A handle to an output of a step: what other steps take as input, instead of a file name.</summary>
/// <param name="Step">The step that makes it.</param>
/// <param name="Path">The output's path in that step's directory.</param>
public sealed record Artifact(StepId Step, string Path)
{
    /// <summary>A handle to a file in a directory; only where the definition goes on from that directory, for only there its files are known.</summary>
    /// <param name="name">The file's path below the directory.</param>
    /// <returns>The handle.</returns>
    public Artifact File(string name) => this with { Path = $"{Path}/{name}" };

    /// <inheritdoc/>
    public override string ToString() => $"{Step}:{Path}";
}
