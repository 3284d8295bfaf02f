using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>Checks that need no disk: everything wrong in the declarations, all at once. Knows all steps so far, so that further ones are checked against them.</summary>
internal sealed partial class StepChecks
{
    private readonly Dictionary<StepId, StepInstance> _byId = [];
    private readonly Dictionary<string, StepInstance> _published = new(StringComparer.Ordinal);
    private readonly PublishedTrees _trees = new();
    private readonly NameCheck _names = new();
    private readonly HashSet<SourcePattern> _patterns = [];
    private IReadOnlyDictionary<StepId, IReadOnlyList<string>>? _settled;
    private EarlierSteps? _earlier;

    /// <summary>Checks a definition.</summary>
    public List<Fault> Of(WorkflowDefinition definition)
    {
        _patterns.UnionWith(definition.Patterns);
        _settled = definition.Settled?.Read;
        return [.. Tasks(definition.Tasks), .. Of(definition.Steps), .. definition.Continuations.SelectMany(Sources)];
    }

    /// <summary>Checks what is declared later.</summary>
    public List<Fault> Of(Expansion expansion)
    {
        _earlier ??= new EarlierSteps(_byId.Values);
        List<Fault> faults = [.. NewPatterns(expansion), .. _earlier.Against(expansion.Steps), .. Of(expansion.Steps), .. expansion.Continuations.SelectMany(Sources)];
        _earlier.Add(expansion.Steps);
        return faults;
    }

    /// <summary>Nothing more is declared, as a rule: from here on only who publishes what is asked.</summary>
    public void Close()
    {
        _byId.Clear();
        _byId.TrimExcess();
    }

    /// <summary>Something more is declared all the same.</summary>
    /// <param name="steps">The steps so far.</param>
    public void Open(IEnumerable<StepInstance> steps)
    {
        foreach (var step in _byId.Count == 0 ? steps : [])
        {
            _byId.Add(step.Id, step);
        }
    }

    /// <summary>The step that publishes a file, or the folder that it is in; null when none does. One that was refused may be told too.</summary>
    public StepInstance? PublisherOf(ArtifactPath path) =>
        _published.TryGetValue(path.Value, out var step) && !_trees.IsFolder(path.Value) ? step : _trees.OwnerOf(path.Directory);

    /// <summary>Patterns that come later may meet what is published already; what comes with them is checked against all.</summary>
    private List<Fault> NewPatterns(Expansion expansion)
    {
        var added = expansion.Patterns.Where(_patterns.Add).ToList();
        var published = added.Count == 0 ? [] : _published.Keys.Select(ArtifactPath.Parse).ToList();
        return [.. added.SelectMany(pattern => FoundBy(pattern, published))];
    }

    private List<Fault> Of(IReadOnlyList<StepInstance> steps)
    {
        var faults = new List<Fault>();
        _byId.EnsureCapacity(_byId.Count + steps.Count);
        _published.EnsureCapacity(_published.Count + steps.Count);
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
            // Of what is settled only its outputs are here.
            if (_settled?.ContainsKey(step.Id) == true)
            {
                continue;
            }

            if (!_names.IsClear(step))
            {
                faults.AddRange(Names(step));
            }

            Work(step, faults);
            Inputs(step, faults);
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
        var paths = new List<ArtifactPath>(steps.Count);
        foreach (var step in steps)
        {
            for (var i = 0; i < step.Outputs.Count; i++)
            {
                var output = step.Outputs[i];
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
        var files = paths.Where(path => looked.Finds(path.Value) && _trees.OwnerOf(path.Value) is null).Select(path => KeyValuePair.Create(path.Value, _published[path.Value]));
        return files.Concat(_trees.MetBy(looked.Pattern).Where(tree => !looked.PassesOver(tree.Key + "/") && paths.Exists(path => path.Value == tree.Key)))
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

    private StepInstance? ProducerOf(string source) => _published.TryGetValue(source, out var producer) ? producer : _trees.OwnerOf(source);

    private IEnumerable<Fault> Sources(Continuation continuation)
    {
        if (continuation.Source is { } source && (!_byId.TryGetValue(source.Step, out var maker) || maker.Outputs.All(declared => declared.Path != source.Output)))
        {
            yield return WorkflowFaults.UnknownContent(continuation, source, maker);
        }
    }
}
