using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Publishing;

/// <summary>Finds the manifest's entries below a folder. Built when it is first asked, so that workflows without published directories pay nothing. For the run loop's thread.</summary>
internal sealed class PublishedFolders(StoreState state)
{
    private Dictionary<string, HashSet<ArtifactPath>>? _below;

    /// <summary>What is published below a folder.</summary>
    public IEnumerable<PublishedRecord> Below(ArtifactPath folder)
    {
        if (_below is null)
        {
            _below = new Dictionary<string, HashSet<ArtifactPath>>(StringComparer.Ordinal);
            Add(state.Published.Keys);
        }

        return _below.TryGetValue(folder.Value, out var paths) ? paths.Select(path => state.Published.GetValueOrDefault(path)).OfType<PublishedRecord>() : [];
    }

    /// <summary>These are published too.</summary>
    public void Add(IEnumerable<ArtifactPath> published)
    {
        foreach (var path in _below is null ? [] : published)
        {
            for (var end = path.Value.LastIndexOf('/'); end > 0; end = path.Value.LastIndexOf('/', end - 1))
            {
                AddTo(path.Value[..end], path);
            }
        }
    }

    private void AddTo(string folder, ArtifactPath path)
    {
        if (!_below!.TryGetValue(folder, out var paths))
        {
            _below[folder] = paths = [];
        }

        paths.Add(path);
    }
}
