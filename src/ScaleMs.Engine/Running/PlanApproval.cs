using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;

namespace ScaleMs.Engine.Running;

/// <summary>Compares a reviewed plan with the present one: it is refused when something that it was decided on moved.</summary>
internal sealed class PlanApproval(RunServices services, RunRequest request, WorkflowGraph graph)
{
    /// <summary>What moved; none without a reviewed plan.</summary>
    public IReadOnlyList<Fault> Faults(List<PlannedStep> plan, IReadOnlyList<OpenContinuation> open, Expander expander) =>
        request.Approved is { } approved ? PlanFaults.Of(approved, Comparable(plan, open, new ApprovedSteps(approved, expander))) : [];

    /// <summary>The present plan without what has come to be known since at places that were unknown: part of the reviewed plan may have been done.</summary>
    private PlanDocument Comparable(List<PlannedStep> plan, IReadOnlyList<OpenContinuation> open, ApprovedSteps approved)
    {
        var nodes = open.Select(continuation => graph.Find(continuation.Continuation)!).Where(node => !approved.IsFromOpen(node));
        return new PlanDocuments(services, request).Of(
            plan.FindAll(step => !approved.IsFromOpen(graph.Find(step.Step.Id)!)),
            graph.Continuations.Where(node => approved.IsOpen(node) && !approved.IsFromOpen(node)).Union(nodes).Select(node => new OpenContinuation(node.Task, node.Continuation!)));
    }
}
