using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Publishing;

/// <summary>Where steps publish: files, and folders whose files are known only when they are made.</summary>
internal sealed class DeclaredPaths
{
    private readonly HashSet<ArtifactPath> _files = [];
    private readonly HashSet<string> _trees = new(StringComparer.Ordinal);

    public DeclaredPaths(IEnumerable<StepInstance> steps)
    {
        foreach (var step in steps)
        {
            foreach (var output in step.Outputs)
            {
                Add(output);
            }
        }
    }

    /// <summary>Whether an entry of the manifest is one that a step still publishes; of a folder's files its step says so when it publishes.</summary>
    public bool Has(PublishedRecord entry) => _files.Contains(entry.Path) || (_trees.Count > 0 && IsInTree(entry));

    private void Add(Output output)
    {
        if (output is { PublishTo: { } folder, IsTree: true })
        {
            _trees.Add(folder.Value);
        }
        else if (output.PublishTo is { } path)
        {
            _files.Add(path);
        }
    }

    private bool IsInTree(PublishedRecord entry)
    {
        var path = entry.Path.Value;
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (_trees.Contains(path[..end]))
            {
                return true;
            }
        }

        return false;
    }
}
