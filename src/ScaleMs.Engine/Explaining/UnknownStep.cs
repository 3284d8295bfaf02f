using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Planning.Selection;

namespace ScaleMs.Engine.Explaining;

/// <summary>Patterns that name no step of the workflow are faults, with the nearest names.</summary>
internal static class UnknownStep
{
    public static IReadOnlyList<Fault> In(IReadOnlyList<string> patterns, WorkflowGraph graph) =>
        [.. patterns.Where(pattern => !graph.Steps.Any(step => StepPattern.Parse(pattern).Matches(step.Id))).Select(pattern => Of(pattern, graph))];

    private static Fault Of(string pattern, WorkflowGraph graph)
    {
        var advice = Nearest.To(StepPattern.Parse(pattern).Text, Nearest.NamesOf(graph.Steps.Select(step => step.Id))) is { } near ? $"use '{near}'" : "--plan tells the steps; in a pattern only * and ? are special";
        return new Fault("SMS2006", FaultKind.Usage, $"no step of the target is called '{pattern}'", default, advice);
    }
}
