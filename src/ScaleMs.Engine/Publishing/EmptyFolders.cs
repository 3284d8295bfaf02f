using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Publishing;

/// <summary>Removes folders of the workspace that files were moved out of.</summary>
internal static class EmptyFolders
{
    /// <summary>Removes the folders above files, from the innermost on, as long as they are empty.</summary>
    public static void RemoveAbove(IDisk disk, string workspace, IEnumerable<ArtifactPath> files)
    {
        foreach (var file in files)
        {
            for (var directory = file.Directory; directory.Length > 0; directory = ArtifactPath.Parse(directory).Directory)
            {
                var absolute = Path.Combine(workspace, directory);
                if (!disk.IsEmptyDirectory(absolute))
                {
                    break;
                }

                disk.Delete(absolute);
            }
        }
    }
}
