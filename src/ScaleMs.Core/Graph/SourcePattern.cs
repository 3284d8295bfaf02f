using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>A pattern by which a definition looked for files of the workspace. What steps publish must not be among them: it is not there yet, or that of the last run.</summary>
/// <param name="Pattern">The pattern, relative to the workspace.</param>
/// <param name="DeclaredAt">Where it was asked for.</param>
public sealed record SourcePattern(FilePattern Pattern, SourceLocation DeclaredAt)
{
    /// <summary>Folders that were passed over: names, wherever one comes, or paths.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Whether the pattern names a file and no folder above it was passed over.</summary>
    /// <param name="path">The file, relative to the workspace.</param>
    public bool Finds(string path) => Pattern.Matches(path) && !PassesOver(path);

    /// <summary>Whether a path lies in a folder that was passed over.</summary>
    /// <param name="path">A file or a folder, relative to the workspace.</param>
    public bool PassesOver(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0 && Except.Count > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (IsPassedOver(Except, path[..slash]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a folder is passed over.</summary>
    /// <param name="except">Names and paths of folders.</param>
    /// <param name="folder">The folder's path, relative to the workspace.</param>
    public static bool IsPassedOver(IReadOnlyList<string> except, string folder)
    {
        ArgumentNullException.ThrowIfNull(except);
        ArgumentNullException.ThrowIfNull(folder);
        return except.Count > 0 && (except.Contains(folder) || except.Contains(folder[(folder.LastIndexOf('/') + 1)..]));
    }
}
