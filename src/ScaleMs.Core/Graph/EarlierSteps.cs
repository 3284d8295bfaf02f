using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>What steps that are declared later can spoil for those that are there: the files that they read as sources, and the folders that they publish into.</summary>
internal sealed class EarlierSteps
{
    private readonly Dictionary<string, StepInstance> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Publication> _folders = new(StringComparer.Ordinal);

    public EarlierSteps(IEnumerable<StepInstance> steps) => Add(steps);

    public void Add(IEnumerable<StepInstance> steps)
    {
        foreach (var step in steps)
        {
            foreach (var path in SourcesOf(step))
            {
                _readers.TryAdd(path, step);
            }

            foreach (var output in step.Outputs)
            {
                AddFolders(step, output.PublishTo);
            }
        }
    }

    /// <summary>Faults between steps to be added and those that are there already.</summary>
    public IEnumerable<Fault> Against(IEnumerable<StepInstance> steps)
    {
        foreach (var (step, path) in steps.SelectMany(step => step.Outputs.Where(output => output.PublishTo is not null).Select(output => (step, output.PublishTo!))))
        {
            if (_readers.TryGetValue(path.Value, out var reader))
            {
                yield return WorkflowFaults.SourceIsOutput(reader, path.Value, step);
            }

            if (_folders.TryGetValue(path.Value, out var inside))
            {
                yield return WorkflowFaults.PublishedInside(inside.Step, inside.Path, step, path, step.Outputs.Any(output => output.IsTree && output.PublishTo == path));
            }
        }

        foreach (var fault in steps.SelectMany(step => step.Outputs.Where(output => output is { IsTree: true, PublishTo: not null }).SelectMany(tree => ReadBelow(step, tree.PublishTo!))))
        {
            yield return fault;
        }
    }

    private IEnumerable<Fault> ReadBelow(StepInstance step, ArtifactPath folder) => _readers
        .Where(read => ArtifactPath.TryParse(read.Key, out var path, out _) && path.IsBelow(folder))
        .Select(read => WorkflowFaults.SourceIsOutput(read.Value, read.Key, step));

    private static IEnumerable<string> SourcesOf(StepInstance step) => step.Inputs.Select(input => input.Source).OfType<InputSource.SourceFile>()
        .Concat(step.Templates.Select(template => template.Source)).Select(source => source.Path);

    private void AddFolders(StepInstance step, ArtifactPath? path)
    {
        for (var folder = path?.Directory ?? string.Empty; folder.Length > 0; folder = ArtifactPath.Parse(folder).Directory)
        {
            _folders.TryAdd(folder, new Publication(step, path!));
        }
    }

    private sealed record Publication(StepInstance Step, ArtifactPath Path);
}
