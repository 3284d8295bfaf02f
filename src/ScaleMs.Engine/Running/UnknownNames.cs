using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Engine.Explaining;

namespace ScaleMs.Engine.Running;

/// <summary>Names that a request gives and nothing in the workflow has. Of a graph that may yet grow nobody can say that.</summary>
internal static class UnknownNames
{
    public static IReadOnlyList<Fault> In(RunRequest request, WorkflowGraph graph) =>
        [.. SelectionFaults.Of(request.Selection, graph), .. SelectionFaults.OfSupposed(request.Supposed, graph), .. UnknownStep.In(request.Explain, graph)];

    /// <summary>The same while the graph may grow: then it is no fault.</summary>
    public static string SoFar(Fault fault) => $"{fault.What}, as far as its steps are known: {fault.Try}";
}
