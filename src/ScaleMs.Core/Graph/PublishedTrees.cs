using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>The folders that steps publish whole: which files will be in them is not known before they are made.</summary>
internal sealed class PublishedTrees
{
    private readonly Dictionary<string, StepInstance> _byFolder = new(StringComparer.Ordinal);

    /// <summary>Takes a published output; only a directory counts.</summary>
    public void Add(StepInstance step, Output output)
    {
        if (output is { IsTree: true, PublishTo: { } folder })
        {
            _byFolder.TryAdd(folder.Value, step);
        }
    }

    /// <summary>Whether a path is that of such a folder.</summary>
    public bool IsFolder(string path) => _byFolder.ContainsKey(path);

    /// <summary>The step that publishes a folder which is, or holds, a path; null when none does.</summary>
    public StepInstance? OwnerOf(string path)
    {
        for (var end = _byFolder.Count == 0 ? -1 : path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (_byFolder.TryGetValue(path[..end], out var owner))
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>The folders in which files that a pattern names may be, each with its step.</summary>
    public IEnumerable<KeyValuePair<string, StepInstance>> MetBy(FilePattern pattern) => _byFolder.Where(tree => pattern.MayMatchBelow(tree.Key));
}
