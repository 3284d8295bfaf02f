namespace ScaleMs.Core.Tests;

/// <summary>The sources that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The repository's root, found from where the tests run.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>A source file's real path: the build maps the root to <c>/_/</c> in what the compiler records.</summary>
    public static string PathOf(string recorded) =>
        recorded.StartsWith("/_/", StringComparison.Ordinal) ? Path.Combine(Root, recorded[3..]) : recorded;

    private static string Find(DirectoryInfo? directory)
    {
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "global.json")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException($"No global.json above {AppContext.BaseDirectory}.");
    }
}
