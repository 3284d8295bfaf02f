using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>A handle to an output of a step: what other steps take as input, instead of a file name.</summary>
/// <param name="Step">The step that makes it.</param>
/// <param name="Path">The output's path in that step's directory.</param>
public sealed record Artifact(StepId Step, string Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Step}:{Path}";
}
