namespace ScaleMs.Architecture.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] RootFiles = ["ScaleMs.sln", "global.json"];
    // `content` is what templates write: sources of others.
    private static readonly string[] NotSources = ["bin", "obj", "artifacts", "content", "results", "tools"];

    /// <summary>The root, found from where the tests run.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The files below some folders whose names end as asked, without what builds and runs leave behind.</summary>
    public static IEnumerable<string> Files(string ending, params string[] folders) => folders
        .Select(folder => new DirectoryInfo(Path.Combine(Root, folder)))
        .Where(folder => folder.Exists)
        .SelectMany(Below)
        .Where(path => path.EndsWith(ending, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    /// <summary>A path as it is told: relative to the root, with <c>/</c>.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Below(DirectoryInfo folder) => folder.EnumerateFiles().Select(file => file.FullName).Concat(
        folder.EnumerateDirectories()
            .Where(below => !below.Name.StartsWith('.') && !NotSources.Contains(below.Name, StringComparer.Ordinal))
            .SelectMany(Below));

    private static string Find(DirectoryInfo? directory)
    {
        while (directory is not null && !RootFiles.Any(name => File.Exists(Path.Combine(directory.FullName, name))))
        {
            directory = directory.Parent;
        }

        return directory?.FullName
            ?? throw new InvalidOperationException($"No {string.Join(" or ", RootFiles)} above {AppContext.BaseDirectory}.");
    }
}
