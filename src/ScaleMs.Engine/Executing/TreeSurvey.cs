using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>Looks through a directory that is an output, before anything of it is taken.</summary>
/// <param name="disk">The disk.</param>
/// <param name="root">The directory, absolute.</param>
/// <param name="wanted">Which files make the output.</param>
internal sealed class TreeSurvey(IDisk disk, string root, FilePattern wanted)
{
    /// <summary>Links that lead to links are followed this far.</summary>
    private const int MostLinks = 40;

    private readonly SortedDictionary<string, TreeContents.TreeFile> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly List<string> _emptyFolders = [];
    private string? _problem;

    /// <summary>Looks.</summary>
    /// <returns>What is there; or what keeps it from being an output, as the end of a sentence that begins with the directory.</returns>
    public (TreeContents? Contents, string? Problem) Look()
    {
        Walk(root, string.Empty);
        var links = new List<TreeContents.TreeLink>(_links.Count);
        foreach (var (path, target) in _problem is null ? _links : [])
        {
            if (Led(path, target) is { } file)
            {
                links.Add(new TreeContents.TreeLink(path, target, file));
            }
            else
            {
                _problem ??= $"holds the link '{path}' to '{target}', which leads to no file of the output";
            }
        }

        return _problem is null ? (new TreeContents([.. _files.Values], links, _emptyFolders), null) : (null, _problem);
    }

    private void Walk(string folder, string prefix)
    {
        var entries = disk.List(folder);
        if (entries.Count == 0 && prefix.Length > 0 && wanted.IsAll)
        {
            _emptyFolders.Add(prefix[..^1]);
        }

        foreach (var entry in entries)
        {
            if (_problem is not null)
            {
                return;
            }

            Take(entry, Path.Combine(folder, entry.Name), prefix + entry.Name);
        }
    }

    private void Take(DiskEntry entry, string place, string path)
    {
        if (entry.Stat.IsDirectory && NameProblem(entry, path) is null)
        {
            Walk(place, path + "/");
        }
        else if (wanted.Matches(path))
        {
            _problem = NameProblem(entry, path) is { } problem ? $"holds '{path}', {problem}" : AddFile(entry, path);
        }
    }

    private static string? NameProblem(DiskEntry entry, string path) => TreeListing.ProblemOf(entry.Name)
        ?? (entry.Target is null ? null : TreeListing.ProblemOf(entry.Target))
        ?? (ArtifactPath.TryParse(path, out _, out var problem) ? null : $"whose name {problem}");

    private string? AddFile(DiskEntry entry, string path)
    {
        if (entry.Target is { } target)
        {
            _links.Add(path, target);
        }
        else if (entry.Stat.IsFile)
        {
            _files.Add(path, new TreeContents.TreeFile(path, entry.Stat.IsExecutable));
        }
        else
        {
            return $"holds '{path}', which is no regular file";
        }

        return null;
    }

    /// <summary>The file that a link leads to by its text alone: a link that leaves the directory leads nowhere.</summary>
    private TreeContents.TreeFile? Led(string path, string target)
    {
        for (var followed = 0; followed < MostLinks; followed++)
        {
            if (Join(path, target) is not { } there)
            {
                return null;
            }

            if (!_links.TryGetValue(there, out var next))
            {
                return _files.GetValueOrDefault(there);
            }

            (path, target) = (there, next);
        }

        return null;
    }

    private static string? Join(string link, string target)
    {
        var names = link.Split('/').SkipLast(1).ToList();
        foreach (var name in target.Split('/'))
        {
            if (name == ".." && names.Count > 0)
            {
                names.RemoveAt(names.Count - 1);
            }
            else if (name is "" or "..")
            {
                return null;
            }
            else if (name != ".")
            {
                names.Add(name);
            }
        }

        return string.Join('/', names);
    }
}
