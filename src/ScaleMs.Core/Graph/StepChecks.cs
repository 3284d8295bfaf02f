using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>Checks that need no disk: everything wrong in the declarations, all at once.</summary>
internal static class StepChecks
{
    public static List<Fault> Of(WorkflowDefinition definition)
    {
        var faults = new List<Fault>();
        faults.AddRange(Tasks(definition.Tasks));
        var byId = new Dictionary<StepId, StepInstance>();
        foreach (var step in definition.Steps)
        {
            if (!byId.TryAdd(step.Id, step))
            {
                faults.Add(WorkflowFaults.DuplicateStep(step, byId[step.Id]));
            }
        }

        var published = Published(definition.Steps, faults);
        var names = new NameCheck();
        foreach (var step in definition.Steps)
        {
            faults.AddRange(names.IsClear(step) ? [] : Names(step));
            faults.AddRange(Work(step));
            faults.AddRange(Inputs(step, byId, published));
        }

        return faults;
    }

    private static IEnumerable<Fault> Tasks(IReadOnlyList<WorkflowTask> tasks)
    {
        var names = tasks.Select(task => task.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return tasks.SelectMany(task => task.DependsOn
            .Where(dependency => !names.Contains(dependency))
            .Select(dependency => WorkflowFaults.UnknownTaskDependency(task, dependency, Nearest.To(dependency, names))));
    }

    private static Dictionary<string, StepInstance> Published(IReadOnlyList<StepInstance> steps, List<Fault> faults)
    {
        var published = new Dictionary<string, StepInstance>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            foreach (var output in step.Outputs)
            {
                if (output.PublishTo is { } path && !published.TryAdd(path.Value, step))
                {
                    faults.Add(WorkflowFaults.SamePublishedPath(step, published[path.Value], path));
                }
            }
        }

        var byFolder = published.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (path, step) in published)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                if (byFolder.TryGetValue(path.AsSpan(0, slash), out var other))
                {
                    faults.Add(WorkflowFaults.PublishedInside(step, ArtifactPath.Parse(path), other, ArtifactPath.Parse(path[..slash])));
                }
            }
        }

        return published;
    }

    private static IEnumerable<Fault> Names(StepInstance step)
    {
        var taken = new HashSet<ArtifactPath>();
        var names = step.Inputs.Where(input => !input.IsWritable).Select(input => input.Name)
            .Concat(step.Templates.Select(template => template.Name))
            .Concat(step.Outputs.Select(output => output.Path));
        foreach (var name in names.Where(name => !taken.Add(name)))
        {
            yield return WorkflowFaults.NameTakenTwice(step, name);
        }

        taken.UnionWith(step.Inputs.Select(input => input.Name));
        foreach (var (name, parent) in taken.SelectMany(name => Above(name).Where(taken.Contains), (name, parent) => (name, parent)))
        {
            yield return WorkflowFaults.NameInsideFile(step, name, parent);
        }

        var edited = new HashSet<ArtifactPath>();
        foreach (var input in step.Inputs.Where(input => input.IsWritable && (!edited.Add(input.Name) || IsReadOnlyName(step, input.Name))))
        {
            yield return WorkflowFaults.NameTakenTwice(step, input.Name);
        }

        foreach (var path in step.Checkpoint.Where(path => step.Inputs.Any(input => input.Name == path)))
        {
            yield return WorkflowFaults.CheckpointNotOutput(step, path);
        }
    }

    /// <summary>The directories that a path lies in, the innermost first.</summary>
    private static IEnumerable<ArtifactPath> Above(ArtifactPath path)
    {
        while (path.Directory.Length > 0)
        {
            yield return path = ArtifactPath.Parse(path.Directory);
        }
    }

    private static bool IsReadOnlyName(StepInstance step, ArtifactPath name) =>
        step.Inputs.Any(input => !input.IsWritable && input.Name == name) || step.Templates.Any(template => template.Name == name);

    private static IEnumerable<Fault> Work(StepInstance step)
    {
        if (step.Outputs.Count == 0)
        {
            yield return WorkflowFaults.NoOutput(step);
        }

        foreach (var output in step.Outputs)
        {
            if (output is { Store: StoreAs.InPlace, PublishTo: null })
            {
                yield return WorkflowFaults.InPlaceNotPublished(step, output);
            }
        }

        if (step.Operation is not Operation.Commands commands)
        {
            yield break;
        }

        if (commands.List.Count == 0)
        {
            yield return WorkflowFaults.NothingToDo(step);
        }

        foreach (var command in commands.List.Where(command => !IsDeclared(step, command.Program)).DistinctBy(command => command.Program))
        {
            yield return WorkflowFaults.UndeclaredProgram(step, command);
        }
    }

    private static bool IsDeclared(StepInstance step, string program) => program.StartsWith("./", StringComparison.Ordinal)
        ? step.Inputs.Any(input => input.Name.Value == program[2..])
        : step.Tools.Any(tool => tool.Name == program);

    private static IEnumerable<Fault> Inputs(StepInstance step, Dictionary<StepId, StepInstance> byId, Dictionary<string, StepInstance> published)
    {
        foreach (var input in step.Inputs)
        {
            if (input.Source is InputSource.SourceFile source && published.TryGetValue(source.Path, out var producer))
            {
                yield return WorkflowFaults.SourceIsOutput(step, source.Path, producer);
            }
            else if (input.Source is InputSource.StepOutput output)
            {
                if (!byId.TryGetValue(output.Step, out var maker))
                {
                    yield return WorkflowFaults.UnknownProducer(step, input, output.Step);
                }
                else if (maker.Outputs.All(declared => declared.Path != output.Output))
                {
                    yield return WorkflowFaults.UnknownOutput(step, input, maker, output.Output);
                }
            }
        }

        foreach (var template in step.Templates)
        {
            if (published.TryGetValue(template.Source.Path, out var producer))
            {
                yield return WorkflowFaults.SourceIsOutput(step, template.Source.Path, producer);
            }
        }
    }
}
