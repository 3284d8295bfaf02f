using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph.Documents;

/// <summary>A step instance in a graph's document.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsFunction">Whether it calls a function instead of running commands.</param>
/// <param name="Programs">The programs of its commands, each once; the name of its function.</param>
/// <param name="Resources">What it needs while it runs.</param>
/// <param name="Sources">The files that the user keeps and it reads.</param>
/// <param name="Outputs">Its outputs.</param>
public sealed record GraphInstance(
    StepId Id, bool IsFunction, IReadOnlyList<string> Programs, Resources Resources, IReadOnlyList<GraphSource> Sources, IReadOnlyList<Output> Outputs);
