using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>What a continuation declared.</summary>
/// <param name="Steps">Step instances of its task.</param>
/// <param name="Continuations">Further continuations of its task.</param>
/// <param name="Faults">Faults found while declaring.</param>
public sealed record Expansion(IReadOnlyList<StepInstance> Steps, IReadOnlyList<Continuation> Continuations, IReadOnlyList<Fault> Faults)
{
    /// <summary>Patterns by which it looked for source files.</summary>
    public IReadOnlyList<SourcePattern> Patterns { get; init; } = [];
}
