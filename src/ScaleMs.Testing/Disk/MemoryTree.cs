using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>Finds places in a tree of nodes by path, as an operating system would. Not thread-safe.</summary>
internal sealed class MemoryTree(MemoryNode root)
{
    private const int MostLinks = 40;

    /// <summary>The node at a path; null when nothing is there.</summary>
    public MemoryNode? Find(string path, bool followLinks) => Walk(path, followLinks)?.Node;

    /// <summary>The path with all links resolved; null when nothing is there.</summary>
    public string? RealPath(string path) => Walk(path, followLinks: true) is { Node: not null } place ? "/" + string.Join('/', place.Names) : null;

    /// <summary>The directory that holds a path's last name; null when it is not there.</summary>
    public (SortedDictionary<string, MemoryNode> Siblings, MemoryNode Directory, string Name)? Place(string path)
    {
        var names = Split(path);
        return names.Length > 0 && Walk("/" + string.Join('/', names[..^1]), followLinks: true)?.Node is { Children: { } siblings } directory
            ? (siblings, directory, names[^1])
            : null;
    }

    public static string[] Split(string path) =>
        path.Split(OperatingSystem.IsWindows() ? ['/', '\\'] : ['/'], StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".").ToArray();

    private (MemoryNode? Node, List<string> Names)? Walk(string path, bool followLinks)
    {
        var rest = new Stack<string>(Split(path).Reverse());
        var way = new List<(string Name, MemoryNode Node)>();
        var links = 0;
        while (rest.TryPop(out var name))
        {
            var here = way.Count == 0 ? root : way[^1].Node;
            if (name == "..")
            {
                way.RemoveRange(Math.Max(0, way.Count - 1), Math.Min(1, way.Count));
            }
            else if (here.Children is null || !here.Children.TryGetValue(name, out var next))
            {
                return null;
            }
            else if (next.IsLink && (followLinks || rest.Count > 0))
            {
                if (++links > MostLinks)
                {
                    throw new StoreException($"cannot follow '{path}': too many symbolic links");
                }

                Follow(next.Target, way, rest);
            }
            else
            {
                way.Add((name, next));
            }
        }

        return (way.Count == 0 ? root : way[^1].Node, way.ConvertAll(step => step.Name));
    }

    private static void Follow(string target, List<(string Name, MemoryNode Node)> way, Stack<string> rest)
    {
        if (target.StartsWith('/'))
        {
            way.Clear();
        }

        foreach (var name in Split(target).Reverse())
        {
            rest.Push(name);
        }
    }
}
