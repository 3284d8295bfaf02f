using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Publishing;

/// <summary>Moves away published files whose producer left the graph, so that the next reader does not take them for results.</summary>
internal sealed class Leftovers(IDisk disk, IFileStore store, string workspace, KeptFiles kept)
{
    /// <summary>Finds manifest entries of the defined tasks that no instance publishes any more.</summary>
    /// <remarks>Tasks outside the target's closure are not defined in this run, so nothing is known of their steps.</remarks>
    /// <param name="graph">The graph.</param>
    /// <param name="isKnown">Whether all steps of a task are known: while some are not, nobody can say what they publish.</param>
    public List<PublishedRecord> Find(WorkflowGraph graph, Predicate<string> isKnown)
    {
        var defined = graph.Nodes.Where(node => node.TaskEnd is { IsPlain: false, IsSkipped: false } && isKnown(node.Task)).Select(node => node.Task).ToHashSet(StringComparer.Ordinal);
        var strays = store.State.Published.Values.Where(entry => defined.Contains(entry.Step.Task) && !Publishes(graph.Find(entry.Step), entry.Path)).ToList();
        if (strays.Count == 0)
        {
            return strays;
        }

        // Another instance may publish there now.
        var declared = graph.Steps.SelectMany(step => step.Outputs).Where(output => output.PublishTo is not null).Select(output => output.PublishTo!).ToHashSet();
        return strays.Where(entry => !declared.Contains(entry.Path)).OrderBy(entry => entry.Path.Value, StringComparer.Ordinal).ToList();
    }

    private static bool Publishes(GraphNode? node, ArtifactPath path)
    {
        var outputs = node?.Step!.Outputs ?? [];
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].PublishTo == path)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves them away and takes them out of the manifest.</summary>
    /// <returns>How many files were moved.</returns>
    public int MoveAway(IReadOnlyList<PublishedRecord> entries, WorkflowGraph graph)
    {
        if (entries.Count == 0)
        {
            return 0;
        }

        // A former output that a step now reads as a source has become the user's own.
        var sources = graph.Steps.SelectMany(step => step.Inputs.Select(input => input.Source).OfType<InputSource.SourceFile>().Concat(step.Templates.Select(template => template.Source)))
            .Select(source => source.Path).ToHashSet(StringComparer.Ordinal);
        var moved = 0;
        foreach (var entry in entries)
        {
            var file = Path.Combine(workspace, entry.Path.Value);
            disk.EndInterruptedCopy(file);
            if (!sources.Contains(entry.Path.Value) && disk.Stat(file, followLinks: false) is not null)
            {
                kept.Take(file, entry.Path);
                moved++;
            }

            store.Commit(new UnpublishedRecord(entry.Path));
        }

        RemoveEmptyDirectories(entries);
        return moved;
    }

    private void RemoveEmptyDirectories(IReadOnlyList<PublishedRecord> entries)
    {
        foreach (var entry in entries)
        {
            for (var directory = entry.Path.Directory; directory.Length > 0; directory = ArtifactPath.Parse(directory).Directory)
            {
                var absolute = Path.Combine(workspace, directory);
                if (!disk.IsEmptyDirectory(absolute))
                {
                    break;
                }

                disk.Delete(absolute);
            }
        }
    }
}
