using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph.Documents;

/// <summary>A place of a graph where nobody can say yet which steps follow.</summary>
/// <param name="Task">The task whose steps they are.</param>
/// <param name="Until">What makes them known, as in <c>unknown until X</c>.</param>
/// <param name="Step">The instance whose output decides it.</param>
public sealed record GraphOpening(string Task, string Until, StepId Step);
