using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>What a workflow's tasks declared, before it is checked.</summary>
/// <param name="Tasks">The tasks of the target's closure.</param>
/// <param name="Steps">Their step instances.</param>
/// <param name="Faults">Faults found while declaring.</param>
public sealed record WorkflowDefinition(IReadOnlyList<WorkflowTask> Tasks, IReadOnlyList<StepInstance> Steps, IReadOnlyList<Fault> Faults)
{
    /// <summary>What of the definition is written when something is known.</summary>
    public IReadOnlyList<Continuation> Continuations { get; init; } = [];

    /// <summary>Patterns by which the definition looked for source files.</summary>
    public IReadOnlyList<SourcePattern> Patterns { get; init; } = [];

    /// <summary>What of the workflow is not here because it is known to be up to date; null when all of it is here.</summary>
    public SettledPart? Settled { get; init; }
}
