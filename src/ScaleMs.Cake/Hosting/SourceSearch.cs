using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>Looks for files of the workspace by a pattern.</summary>
/// <param name="disk">The disk.</param>
/// <param name="workspace">The workspace, absolute.</param>
/// <param name="pattern">The pattern, relative to the workspace.</param>
/// <param name="except">Names and paths of folders that are passed over.</param>
internal sealed class SourceSearch(IDisk disk, string workspace, FilePattern pattern, IReadOnlyList<string> except)
{
    private const string StoreName = ".scalems";

    private readonly List<SourceFile> _files = [];
    private readonly List<string> _looked = [];

    /// <summary>Every path that the answer depends on, absolute: directories, whose stat tuples change with their entries, and links.</summary>
    public IReadOnlyList<string> Looked => _looked;

    /// <summary>The files, in ordinal order of their paths. Links to files stand for them; links to directories are not followed.</summary>
    public IReadOnlyList<SourceFile> Run()
    {
        Walk(pattern.Folder);
        return [.. _files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private void Walk(string folder)
    {
        var directory = Path.Combine(workspace, folder);
        _looked.Add(directory);
        foreach (var entry in disk.Stat(directory) is { IsDirectory: true } ? disk.List(directory) : [])
        {
            Take(entry, folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}");
        }
    }

    private void Take(DiskEntry entry, string path)
    {
        if (entry.Stat.IsDirectory)
        {
            if (entry.Name != StoreName && !SourcePattern.IsPassedOver(except, path) && pattern.MayMatchBelow(path))
            {
                Walk(path);
            }
        }
        else if (pattern.Matches(path) && !IsLinkToDirectory(entry, Path.Combine(workspace, path)))
        {
            _files.Add(new SourceFile(path) { Name = pattern.Folder.Length == 0 ? path : path[(pattern.Folder.Length + 1)..] });
        }
    }

    private bool IsLinkToDirectory(DiskEntry entry, string place)
    {
        if (entry.Target is null)
        {
            return false;
        }

        _looked.Add(place);
        return disk.Stat(place) is { IsDirectory: true };
    }
}
