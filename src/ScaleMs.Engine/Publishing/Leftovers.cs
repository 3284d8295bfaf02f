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
        return store.State.Published.Values
            .Where(entry => defined.Contains(entry.Step.Task) && !graph.Publishes(entry.Path))
            .OrderBy(entry => entry.Path.Value, StringComparer.Ordinal)
            .ToList();
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

        EmptyFolders.RemoveAbove(disk, workspace, entries.Select(entry => entry.Path));
        return moved;
    }
}
