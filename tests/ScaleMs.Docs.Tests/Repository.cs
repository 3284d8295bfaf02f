namespace ScaleMs.Docs.Tests;

/// <summary>The checkout that these tests belong to.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static IEnumerable<string> Documents => Directory.GetFiles(Root, "*.md")
        .Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
        .Concat(Files(".md", "recipes", "workflows"));

    /// <summary>Files below some folders; what a build puts there is left out.</summary>
    public static IEnumerable<string> Files(string ending, params string[] folders) => folders
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), $"*{ending}", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "global.json")) ? directory : Find(Path.GetDirectoryName(directory)!);
}
