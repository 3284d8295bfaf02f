namespace ScaleMs.Docs.Tests;

/// <summary>The checkout that these tests belong to.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static IEnumerable<string> Documents => Directory.GetFiles(Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories));

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "global.json")) ? directory : Find(Path.GetDirectoryName(directory)!);
}
