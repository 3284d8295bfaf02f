using ScaleMs;

namespace Adaptive;

/// <summary>One round of sampling: all samples so far, and what was decided on them.</summary>
public sealed record Round(int Number, IReadOnlyList<Artifact> Samples, Artifact Decision);
