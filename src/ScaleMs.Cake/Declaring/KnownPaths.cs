using System.Diagnostics.CodeAnalysis;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>The paths of one definition, each kept once: an output is named again by its publishing, its readers and their commands.</summary>
internal sealed class KnownPaths
{
    private readonly Dictionary<string, ArtifactPath> _paths = new(StringComparer.Ordinal);

    public ArtifactPath? Find(string text) => text is not null && _paths.TryGetValue(text, out var path) ? path : null;

    /// <summary>The path of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The path, when the text is one.</param>
    /// <param name="problem">What is wrong with it otherwise.</param>
    /// <returns>Whether the text is a path.</returns>
    public bool TryGet(string text, [NotNullWhen(true)] out ArtifactPath? path, out string problem)
    {
        problem = string.Empty;
        path = Find(text);
        if (path is null && ArtifactPath.TryParse(text, out path, out problem))
        {
            _paths.Add(text, path);
        }

        return path is not null;
    }

    /// <summary>The definition is complete: what names a path holds it.</summary>
    public void Clear()
    {
        _paths.Clear();
        _paths.TrimExcess();
    }
}
