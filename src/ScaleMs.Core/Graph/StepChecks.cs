using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>Checks that need no disk: everything wrong in the declarations, all at once. Knows all steps so far, so that further ones are checked against them.</summary>
internal sealed class StepChecks
{
    private readonly Dictionary<StepId, StepInstance> _byId = [];
    private readonly Dictionary<string, StepInstance> _published = new(StringComparer.Ordinal);
    private readonly PublishedTrees _trees = new();
    private readonly NameCheck _names = new();
    private IReadOnlyList<SourcePattern> _patterns = [];
    private EarlierSteps? _earlier;

    /// <summary>Checks a definition.</summary>
    public List<Fault> Of(WorkflowDefinition definition)
    {
        _patterns = definition.Patterns;
        return [.. Tasks(definition.Tasks), .. Of(definition.Steps), .. definition.Continuations.SelectMany(Sources)];
    }

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
            faults.AddRange(Work(step));
            faults.AddRange(Inputs(step));
            faults.AddRange(RetryChecks.Of(step));
            faults.AddRange(StateChecks.Of(step));
            faults.AddRange(SecretChecks.Of(step));
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
                    _trees.Add(step, output);
                }
                else
                {
                    faults.Add(WorkflowFaults.SamePublishedPath(step, _published[path.Value], path));
                }
            }
        }

        paths.ForEach(path => AddInside(path, faults));
        faults.AddRange(_patterns.SelectMany(pattern => FoundBy(pattern, paths)));
    }

    /// <summary>What steps publish where the definition looked for files.</summary>
    private IEnumerable<Fault> FoundBy(SourcePattern looked, List<ArtifactPath> paths)
    {
        var files = paths.Where(path => looked.Pattern.Matches(path.Value) && _trees.OwnerOf(path.Value) is null).Select(path => KeyValuePair.Create(path.Value, _published[path.Value]));
        return files.Concat(_trees.MetBy(looked.Pattern).Where(tree => paths.Exists(path => path.Value == tree.Key)))
            .Select(found => WorkflowFaults.PatternMeetsOutput(looked, found.Key, found.Value));
    }

    private void AddInside(ArtifactPath path, List<Fault> faults)
    {
        var byFolder = _published.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var slash = path.Value.LastIndexOf('/'); slash > 0; slash = path.Value.LastIndexOf('/', slash - 1))
        {
            if (byFolder.TryGetValue(path.Value.AsSpan(0, slash), out var other))
            {
                faults.Add(WorkflowFaults.PublishedInside(_published[path.Value], path, other, ArtifactPath.Parse(path.Value[..slash]), _trees.OwnerOf(path.Value[..slash]) is not null));
            }
        }
    }

    private IEnumerable<Fault> Names(StepInstance step)
    {
        var taken = new HashSet<ArtifactPath>();
        var names = step.Inputs.Where(input => !input.IsWritable).Select(input => input.Name)
            .Concat(step.Templates.Select(template => template.Name))
            .Concat(step.Outputs.Select(output => output.Path))
            .Concat(step.Secrets.Select(secret => secret.File).OfType<ArtifactPath>());
        foreach (var name in names.Where(name => !taken.Add(name)))
        {
            yield return WorkflowFaults.NameTakenTwice(step, name);
        }

        taken.UnionWith(step.Inputs.Select(input => input.Name));
        foreach (var (name, parent) in taken.SelectMany(name => Above(name).Where(taken.Contains), (name, parent) => (name, parent)))
        {
            yield return WorkflowFaults.NameInsideFile(step, name, parent, IsTree(step, parent));
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

    /// <summary>Whether a name of a step is that of a whole directory.</summary>
    private bool IsTree(StepInstance step, ArtifactPath name) => step.Outputs.Any(output => output.IsTree && output.Path == name)
        || step.Inputs.Any(input => input.Name == name && input.Source is InputSource.StepOutput source && _byId.TryGetValue(source.Step, out var maker) && maker.Outputs.Any(output => output.IsTree && output.Path == source.Output));

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
        if (step.Outputs.Count == 0 && !step.IsAlways)
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

        foreach (var command in commands.List.Where(command => command.StandardInputFile is { } file && !HasFile(step, file)))
        {
            yield return WorkflowFaults.UndeclaredStandardInput(step, command);
        }

        foreach (var command in commands.List.Where(command => !IsDeclared(step, command.Program)).DistinctBy(command => command.Program))
        {
            yield return WorkflowFaults.UndeclaredProgram(step, command);
        }
    }

    /// <summary>Whether a file is there when the commands start, or one of them is to write it.</summary>
    private static bool HasFile(StepInstance step, ArtifactPath file) =>
        step.Inputs.Any(input => input.Name == file) || step.Templates.Any(template => template.Name == file) || step.Outputs.Any(output => output.Path == file);

    private static bool IsDeclared(StepInstance step, string program) => program.StartsWith("./", StringComparison.Ordinal)
        ? step.Inputs.Any(input => input.Name.Value == program[2..])
        : step.Tools.Any(tool => tool.Name == program);

    private IEnumerable<Fault> Inputs(StepInstance step)
    {
        foreach (var input in step.Inputs)
        {
            if (input.Source is InputSource.SourceFile source)
            {
                if (ProducerOf(source.Path) is { } producer)
                {
                    yield return WorkflowFaults.SourceIsOutput(step, source.Path, producer);
                }
            }
            else if (input.Source is InputSource.StepOutput output)
            {
                if (!_byId.TryGetValue(output.Step, out var maker))
                {
                    yield return WorkflowFaults.UnknownProducer(step, input, output.Step);
                }
                else if (!IsMade(maker, output.Output))
                {
                    yield return WorkflowFaults.UnknownOutput(step, input, maker, output.Output);
                }
            }
        }

        foreach (var template in step.Templates)
        {
            if (ProducerOf(template.Source.Path) is { } producer)
            {
                yield return WorkflowFaults.SourceIsOutput(step, template.Source.Path, producer);
            }
        }
    }

    /// <summary>Which files are in a directory is known where the definition goes on from it.</summary>
    private bool IsMade(StepInstance maker, ArtifactPath path) =>
        maker.Outputs.Any(declared => declared.Path == path || (_earlier is not null && declared.Covers(path)));

    private StepInstance? ProducerOf(string source) => _published.TryGetValue(source, out var producer) ? producer : _trees.OwnerOf(source);

    private IEnumerable<Fault> Sources(Continuation continuation)
    {
        if (continuation.Source is { } source && (!_byId.TryGetValue(source.Step, out var maker) || maker.Outputs.All(declared => declared.Path != source.Output)))
        {
            yield return WorkflowFaults.UnknownContent(continuation, source, maker);
        }
    }
}
