using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Planning.Selection;

/// <summary>The wording of what can be wrong with a choice of steps or files.</summary>
public static class SelectionFaults
{
    private const int MostNames = 3;

    /// <summary>Faults for patterns that name no step.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="graph">The graph of the target's closure.</param>
    /// <returns>A fault for each, with the nearest names.</returns>
    public static IReadOnlyList<Fault> Of(StepSelection selection, WorkflowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(graph);
        return Unknown(selection, graph).Select(chosen => UnknownPattern(chosen, graph.Steps)).ToList();
    }

    /// <summary>The patterns that name no step.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="graph">The graph as far as it is known.</param>
    /// <returns>Each with its option.</returns>
    public static IEnumerable<ChosenPattern> Unknown(StepSelection selection, WorkflowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return selection.Patterns().Where(chosen => !graph.Steps.Any(step => chosen.Pattern.Matches(step.Id)));
    }

    /// <summary>Faults for files of <c>--suppose</c> that no step reads.</summary>
    /// <param name="files">The files, as steps name their sources.</param>
    /// <param name="graph">The graph of the target's closure.</param>
    /// <returns>A fault for each, with the nearest names.</returns>
    public static IReadOnlyList<Fault> OfSupposed(IReadOnlyList<string> files, WorkflowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(graph);
        if (files.Count == 0)
        {
            return [];
        }

        var sources = graph.Steps.SelectMany(step => step.SourcePaths()).ToHashSet(StringComparer.Ordinal);
        return files.Where(file => !sources.Contains(file)).Select(file => UnknownSource(file, sources)).ToList();
    }

    private static Fault UnknownPattern(ChosenPattern chosen, IEnumerable<StepInstance> steps)
    {
        var ids = steps.Select(step => step.Id).ToList();
        var members = new StepPattern(chosen.Pattern.Text + "[*]");
        var advice = ids.Exists(members.Matches) ? $"use '{members}' for all members; " : Near(chosen.Pattern.Text, Nearest.NamesOf(ids));
        return Usage($"--{chosen.Option} '{chosen.Pattern}' names no step of the target", advice + "--plan --verbosity=verbose lists all steps, and only * and ? are special");
    }

    private static Fault UnknownSource(string file, IEnumerable<string> sources) => Usage(
        $"--suppose '{file}' names no source file of the target", Near(file, sources) + "name a file that a step reads, relative to the workspace");

    private static string Near(string name, IEnumerable<string> known)
    {
        var near = Nearest.Of(name, known, MostNames);
        return near.Count == 0 ? string.Empty : $"use {string.Join(" or ", near.Select(candidate => $"'{candidate}'"))}; ";
    }

    private static Fault Usage(string what, string advice) => new("SMS2006", FaultKind.Usage, what, default, advice);
}
