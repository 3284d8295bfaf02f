using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Publishing;

/// <summary>Takes files out of the workspace that no longer belong where they stand, but may be somebody's work: nothing is thrown away.</summary>
/// <param name="disk">The disk.</param>
/// <param name="directory">The run's directory for them, absolute; made when the first one comes.</param>
internal sealed class KeptFiles(IDisk disk, string directory)
{
    /// <summary>Where the files go, absolute.</summary>
    public string Directory { get; } = directory;

    /// <summary>Moves a file there under its own path, with a number when that is taken.</summary>
    /// <param name="file">The file, absolute.</param>
    /// <param name="path">Its path in the workspace.</param>
    /// <returns>Where it is now, absolute.</returns>
    public string Take(string file, ArtifactPath path)
    {
        var kept = Path.Combine(Directory, path.Value);
        for (var n = 2; disk.Stat(kept, followLinks: false) is not null; n++)
        {
            kept = Path.Combine(Directory, $"{path.Value}.{n}");
        }

        disk.Move(file, kept);
        return kept;
    }
}
