using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>Checks that need no disk: everything wrong in the declarations, all at once. Knows all steps so far, so that further ones are checked against them.</summary>
internal sealed class StepChecks
{
    private readonly Dictionary<StepId, StepInstance> _byId = [];
    private readonly Dictionary<string, StepInstance> _published = new(StringComparer.Ordinal);
    private readonly NameCheck _names = new();
    private EarlierSteps? _earlier;

    /// <summary>Checks that know steps which were checked before.</summary>
    public static StepChecks Knowing(IEnumerable<StepInstance> steps)
    {
        var checks = new StepChecks();
        List<StepInstance> known = [.. steps];
        known.ForEach(step => checks._byId.TryAdd(step.Id, step));
        checks.Publish(known, []);
        return checks;
    }

    /// <summary>Checks a definition.</summary>
    public List<Fault> Of(WorkflowDefinition definition) =>
        [.. Tasks(definition.Tasks), .. Of(definition.Steps), .. definition.Continuations.SelectMany(Sources)];

    /// <summary>Checks what is declared later.</summary>
    public List<Fault> Of(Expansion expansion)
    {
        _earlier ??= new EarlierSteps(_byId.Values);
        List<Fault> faults = [.. _earlier.Against(expansion.Steps), .. Of(expansion.Steps), .. expansion.Continuations.SelectMany(Sources)];
        _earlier.Add(expansion.Steps);
        return faults;
    }

    private List<Fault> Of(IReadOnlyList<StepInstance> steps)
    {
        var faults = new List<Fault>();
        foreach (var step in steps)
        {
            if (!_byId.TryAdd(step.Id, step))
            {
                faults.Add(WorkflowFaults.DuplicateStep(step, _byId[step.Id]));
            }
        }

        Publish(steps, faults);
        foreach (var step in steps)
        {
            faults.AddRange(_names.IsClear(step) ? [] : Names(step));
            Work(step, faults);
            Inputs(step, faults);
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

    private void Publish(IReadOnlyList<StepInstance> steps, List<Fault> faults)
    {
        var paths = new List<ArtifactPath>();
        foreach (var step in steps)
        {
            foreach (var output in step.Outputs)
            {
                if (output.PublishTo is not { } path)
                {
                    continue;
                }

                if (_published.TryAdd(path.Value, step))
                {
                    paths.Add(path);
                }
                else
                {
                    faults.Add(WorkflowFaults.SamePublishedPath(step, _published[path.Value], path));
                }
            }
        }

        paths.ForEach(path => AddInside(path, faults));
    }

    private void AddInside(ArtifactPath path, List<Fault> faults)
    {
        var byFolder = _published.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var slash = path.Value.LastIndexOf('/'); slash > 0; slash = path.Value.LastIndexOf('/', slash - 1))
        {
            if (byFolder.TryGetValue(path.Value.AsSpan(0, slash), out var other))
            {
                faults.Add(WorkflowFaults.PublishedInside(_published[path.Value], path, other, ArtifactPath.Parse(path.Value[..slash])));
            }
        }
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

    private static void Work(StepInstance step, List<Fault> faults)
    {
        if (step.Outputs.Count == 0)
        {
            faults.Add(WorkflowFaults.NoOutput(step));
        }

        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (step.Outputs[i] is { Store: StoreAs.InPlace, PublishTo: null } output)
            {
                faults.Add(WorkflowFaults.InPlaceNotPublished(step, output));
            }
        }

        if (step.Operation is Operation.Commands commands)
        {
            Programs(step, commands.List, faults);
        }
    }

    private static void Programs(StepInstance step, IReadOnlyList<Command> commands, List<Fault> faults)
    {
        if (commands.Count == 0)
        {
            faults.Add(WorkflowFaults.NothingToDo(step));
        }

        for (var i = 0; i < commands.Count; i++)
        {
            if (!IsDeclared(step, commands[i].Program) && commands.Take(i).All(earlier => earlier.Program != commands[i].Program))
            {
                faults.Add(WorkflowFaults.UndeclaredProgram(step, commands[i]));
            }
        }
    }

    private static bool IsDeclared(StepInstance step, string program)
    {
        if (program.StartsWith("./", StringComparison.Ordinal))
        {
            return step.Inputs.Any(input => input.Name.Value == program[2..]);
        }

        for (var i = 0; i < step.Tools.Count; i++)
        {
            if (step.Tools[i].Name == program)
            {
                return true;
            }
        }

        return false;
    }

    private void Inputs(StepInstance step, List<Fault> faults)
    {
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            if (FaultOf(step, step.Inputs[i]) is { } fault)
            {
                faults.Add(fault);
            }
        }

        for (var i = 0; i < step.Templates.Count; i++)
        {
            if (_published.TryGetValue(step.Templates[i].Source.Path, out var producer))
            {
                faults.Add(WorkflowFaults.SourceIsOutput(step, step.Templates[i].Source.Path, producer));
            }
        }
    }

    private Fault? FaultOf(StepInstance step, Input input) => input.Source switch
    {
        InputSource.SourceFile source => _published.TryGetValue(source.Path, out var producer) ? WorkflowFaults.SourceIsOutput(step, source.Path, producer) : null,
        InputSource.StepOutput output when !_byId.TryGetValue(output.Step, out _) => WorkflowFaults.UnknownProducer(step, input, output.Step),
        InputSource.StepOutput output => HasOutput(_byId[output.Step], output.Output) ? null : WorkflowFaults.UnknownOutput(step, input, _byId[output.Step], output.Output),
        _ => null,
    };

    private static bool HasOutput(StepInstance step, ArtifactPath path)
    {
        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (step.Outputs[i].Path == path)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<Fault> Sources(Continuation continuation)
    {
        if (continuation.Source is { } source && (!_byId.TryGetValue(source.Step, out var maker) || maker.Outputs.All(declared => declared.Path != source.Output)))
        {
            yield return WorkflowFaults.UnknownContent(continuation, source, maker);
        }
    }
}
