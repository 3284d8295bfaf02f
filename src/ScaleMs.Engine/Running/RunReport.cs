using ScaleMs.Core.Events;
using ScaleMs.Core.Explaining;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Graph.Documents;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Estimates;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">The exit code, see <see cref="ExitCodes"/>.</param>
/// <param name="Summary">What it did.</param>
/// <param name="Plan">What it planned; empty after a run that had work to do.</param>
public sealed record RunReport(int ExitCode, RunSummary Summary, IReadOnlyList<PlannedStep> Plan)
{
    /// <summary>Everything that a run looked at that found nothing to do; null when it did something, or when not all of it can be told again by looking.</summary>
    public IEnumerable<Look>? Looks { get; init; }

    /// <summary>What a run of a part found the source files of its steps to hold, each once; null when one changed meanwhile, and for a run of the whole.</summary>
    public IReadOnlyList<FileFactRecord>? Sources { get; init; }

    /// <summary>The plan with all that it was decided on; null when nobody asked for it.</summary>
    public PlanDocument? Document { get; init; }

    /// <summary>The graph as a document; null when nobody asked for it.</summary>
    public GraphDocument? Graph { get; init; }

    /// <summary>How long it will probably take; null when it was run.</summary>
    public PlanEstimate? Estimate { get; init; }

    /// <summary>What the plan could not know before something ran.</summary>
    public IReadOnlyList<OpenContinuation> Open { get; init; } = [];

    /// <summary>What was wrong with parts of the definition that were written while running, and what was named and never came to be.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What was named and fits nothing that is known, while parts of the definition are not; for people.</summary>
    public IReadOnlyList<string> Undecided { get; init; } = [];

    /// <summary>Explanations of the instances that were asked for, in the graph's order.</summary>
    public IReadOnlyList<Explanation> Explanations { get; init; } = [];

    internal static RunReport OfGraph(string target, WorkflowGraph graph, IEnumerable<OpenContinuation> open) =>
        new(ExitCodes.Done, new RunSummary(string.Empty, target, "planned", 0, RunCounts.Of([]), []), [])
        {
            Graph = GraphDocuments.Of(target, graph, open.Select(continuation => continuation.Opening)),
        };
}
