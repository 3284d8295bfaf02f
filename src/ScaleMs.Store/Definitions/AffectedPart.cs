using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.NullRuns;

namespace ScaleMs.Store.Definitions;

/// <summary>The part of a workflow that some edits reach: what reads or publishes an edited file, and all that reads of that.</summary>
public sealed class AffectedPart
{
    private AffectedPart(NullRun run, NullRunFile memory, WorkflowDefinition definition, IReadOnlyList<int> edited, IReadOnlyList<int> looks) => (Run, Memory, Definition, Edited, Looks) = (run, memory, definition, edited, looks);

    /// <summary>The null run that was remembered before the edits.</summary>
    public NullRun Run { get; }

    /// <summary>The part as a definition of its own; what it reads of the rest stands in it as settled.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>Where the null run is remembered.</summary>
    internal NullRunFile Memory { get; }

    /// <summary>The numbers of the looks that were not as they were: all that was decided on them is in the part.</summary>
    internal IReadOnlyList<int> Edited { get; }

    /// <summary>The numbers of the looks that the part took or may change.</summary>
    internal IReadOnlyList<int> Looks { get; }

    /// <summary>Finds the part.</summary>
    /// <param name="memory">The null run.</param>
    /// <param name="kept">Its definition.</param>
    /// <param name="edited">The numbers of the looks that are not as they were, ascending.</param>
    /// <returns>Null when an edit may reach further, or when not everything that it reaches was written down.</returns>
    internal static AffectedPart? Of(NullRunFile memory, DefinitionFile kept, IReadOnlyList<int> edited)
    {
        var isEdited = new bool[memory.Count];
        foreach (var look in edited)
        {
            isEdited[look] = true;
        }

        var (reached, looks) = (new bool[kept.Steps.Count], new SortedSet<int>());
        for (var i = 0; i < reached.Length; i++)
        {
            var step = kept.Steps[i];
            reached[i] = Array.Exists(step.Looks, look => isEdited[look]) || Array.Exists(step.Producers, producer => reached[producer]);
            if (reached[i])
            {
                looks.UnionWith(step.Looks);
            }
        }

        return edited.All(looks.Contains) && Declared(kept, reached, memory.Head.Tasks) is { } definition ? new AffectedPart(memory.Head.Run, memory, definition, edited, [.. looks]) : null;
    }

    private static WorkflowDefinition? Declared(DefinitionFile kept, bool[] reached, IReadOnlyList<TaskCount> whole)
    {
        var isRead = ReadBy(kept, reached);
        var (steps, read) = (new List<StepInstance>(), new Dictionary<StepId, IReadOnlyList<string>>());
        for (var i = 0; i < reached.Length; i++)
        {
            var step = kept.Steps[i];
            if ((reached[i] && !step.Can.HasFlag(KeptStep.Uses.Run)) || (isRead[i] && !step.Can.HasFlag(KeptStep.Uses.Read)))
            {
                return null;
            }

            if (reached[i])
            {
                steps.Add(kept.DeclarationOf(step));
            }
            else if (isRead[i])
            {
                steps.Add(kept.OutputsOf(step));
                read.Add(steps[^1].Id, [.. step.Producers.Select(producer => kept.Tasks[kept.Steps[producer].Task].Name).Distinct()]);
            }
        }

        return new WorkflowDefinition(kept.Tasks, steps, []) { Settled = new SettledPart(read, whole) };
    }

    /// <summary>The instances that are not reached and that reached ones read of.</summary>
    private static bool[] ReadBy(DefinitionFile kept, bool[] reached)
    {
        var isRead = new bool[reached.Length];
        for (var i = 0; i < reached.Length; i++)
        {
            foreach (var producer in reached[i] ? kept.Steps[i].Producers : [])
            {
                isRead[producer] = !reached[producer];
            }
        }

        return isRead;
    }
}
