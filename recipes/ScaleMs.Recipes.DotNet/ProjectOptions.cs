namespace ScaleMs.Recipes.DotNet;

/// <summary>What is said of one project beyond what its file tells.</summary>
public sealed record ProjectOptions
{
    /// <summary>Nothing in particular.</summary>
    public static ProjectOptions None { get; } = new();

    /// <summary>More files that building reads, such as those of a path that only MSBuild can follow. Each is found under its path in the workspace.</summary>
    public IReadOnlyList<SourceFile> BuildInputs { get; init; } = [];

    /// <summary>Files that the tests read from the workspace. Each is found under its path in the workspace, above the test's assembly.</summary>
    public IReadOnlyList<SourceFile> TestInputs { get; init; } = [];

    /// <summary>The target frameworks that the tests run on, a step for each of several; null (the default) for those that the build files say.</summary>
    public IReadOnlyList<string>? TestFrameworks { get; init; }

    /// <summary>More arguments of <c>dotnet test</c>, such as <c>--filter</c> and its expression. In the key.</summary>
    public IReadOnlyList<string> TestArguments { get; init; } = [];

    /// <summary>Variables that the tests get from the caller; not in the key.</summary>
    public IReadOnlyList<string> TestVariables { get; init; } = [];

    /// <summary>How many cores the tests use; at least 1, the default. Not in the key.</summary>
    public int TestCpus { get; init; } = 1;

    /// <summary>How long the tests may take, as <c>hh:mm:ss</c>; null (the default) for no limit. Not in the key.</summary>
    public string? TestTime { get; init; }
}
