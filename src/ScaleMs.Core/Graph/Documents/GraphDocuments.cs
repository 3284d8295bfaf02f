using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph.Documents;

/// <summary>Writes a checked graph down; the cost is that of its nodes and edges.</summary>
public static class GraphDocuments
{
    /// <summary>Writes a graph down.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="graph">The graph, as far as it is known.</param>
    /// <param name="open">Where it is unknown which steps follow.</param>
    /// <returns>The document.</returns>
    public static GraphDocument Of(string target, WorkflowGraph graph, IEnumerable<GraphOpening> open)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var nodes = graph.Nodes.Where(node => node.Step is not null).OrderBy(node => node.Step!.Id, Comparer<StepId>.Default).ToList();
        return new GraphDocument
        {
            Target = target,
            Tasks = [.. graph.Nodes.Where(node => node.TaskEnd is not null).Select(node => TaskOf(node.TaskEnd!)).OrderBy(task => task.Name, StringComparer.Ordinal)],
            Steps = [.. StepsOf(nodes)],
            Instances = [.. nodes.Select(node => InstanceOf(node.Step!))],
            Edges = [.. nodes.SelectMany(EdgesTo)],
            Open = [.. open.Distinct().OrderBy(opening => opening.Task, StringComparer.Ordinal).ThenBy(opening => opening.Until, StringComparer.Ordinal)],
        };
    }

    private static GraphTask TaskOf(WorkflowTask task) => new(task.Name, [.. task.DependsOn.Order(StringComparer.Ordinal)], task.IsPlain);

    /// <summary>Members of one step follow one another, since their ids begin alike.</summary>
    private static IEnumerable<GraphStep> StepsOf(List<GraphNode> nodes)
    {
        for (int first = 0, next; first < nodes.Count; first = next)
        {
            var step = nodes[first].Step!;
            for (next = first + 1; next < nodes.Count && nodes[next].Step!.Id.Task == step.Id.Task && nodes[next].Step!.Id.Step == step.Id.Step; next++)
            {
            }

            yield return new GraphStep(step.Id.Task, step.Id.Step, step.Recipe.Length == 0 ? null : step.Recipe, next - first);
        }
    }

    private static GraphInstance InstanceOf(StepInstance step) => new(
        step.Id,
        step.Operation is Operation.Function,
        step.Operation is Operation.Commands commands ? [.. commands.List.SelectMany(command => command.Programs).Distinct()] : [((Operation.Function)step.Operation).Name],
        step.Resources,
        [.. SourcesOf(step).OrderBy(source => source.Name, StringComparer.Ordinal)],
        step.Outputs);

    private static IEnumerable<GraphSource> SourcesOf(StepInstance step) => step.Inputs
        .Where(input => input.Source is InputSource.SourceFile)
        .Select(input => SourceOf(input.Name, ((InputSource.SourceFile)input.Source).Path))
        .Concat(step.Templates.Select(template => SourceOf(template.Name, template.Source.Path)));

    private static GraphSource SourceOf(ArtifactPath name, string path)
    {
        var isInside = ArtifactPath.TryParse(path, out _, out _);
        return new GraphSource(name.Value, isInside ? path : path[(path.LastIndexOfAny(['/', '\\']) + 1)..], !isInside);
    }

    private static IEnumerable<GraphEdge> EdgesTo(GraphNode node)
    {
        var read = node.Step!.Inputs.Where(input => input.Source is InputSource.StepOutput).ToLookup(input => ((InputSource.StepOutput)input.Source).Step);
        var data = node.Producers.Select(producer => producer.Step!.Id).Order(Comparer<StepId>.Default).Select(id => new GraphEdge(node.Step.Id, id, id.Task, [.. read[id].Select(ArtifactOf)]));
        var order = node.Before.Where(before => before.TaskEnd is not null).Select(before => before.Task).Order(StringComparer.Ordinal);
        return data.Concat(order.Select(task => new GraphEdge(node.Step.Id, null, task, [])));
    }

    private static GraphArtifact ArtifactOf(Input input) => new(((InputSource.StepOutput)input.Source).Output.Value, input.Name.Value);
}
