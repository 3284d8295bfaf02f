using ScaleMs.Core.Graph;
using ScaleMs.Core.Graph.Documents;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning.Documents;

namespace ScaleMs.Engine.Running;

/// <summary>A line of a plan for steps that nobody can name yet.</summary>
/// <param name="Task">The task whose steps they are.</param>
/// <param name="Continuation">What declares them when something is known.</param>
public sealed record OpenContinuation(string Task, Continuation Continuation)
{
    /// <summary>What they wait for, as in <c>unknown until X</c>.</summary>
    public string Until => Continuation.Source is { } source ? $"{source.Step} has made {source.Output}" : Continuation.After is { } before ? new OpenContinuation(Task, before).Until : string.Empty;

    /// <summary>The place in a graph's document.</summary>
    public GraphOpening Opening => new(Task, Until, Decider(Continuation));

    /// <summary>The line of a plan's document.</summary>
    public PlanOpening Entry => new(Task, Until);

    /// <summary>Every chain of continuations begins at an artifact.</summary>
    private static StepId Decider(Continuation continuation) => continuation.Source?.Step ?? Decider(continuation.After!);
}
