using Ci;
using ScaleMs.Testing;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>This repository as <c>workflows/ci</c> builds it: which tests a change reaches. In memory; every command writes a digest of what it finds.</summary>
public sealed class RepositoryTests
{
    private static readonly string[] s_folders = ["src", "recipes", "workflows", "tests", "docs"];
    private static readonly string[] s_made = ["bin", "obj", "results"];

    private readonly WorkflowTest _repository = WorkflowTest.OfTarget<CiContext>("Default");

    public RepositoryTests()
    {
        var root = Root(AppContext.BaseDirectory);
        foreach (var file in Directory.GetFiles(root).Concat(s_folders.SelectMany(folder => Files(Path.Combine(root, folder)))))
        {
            _repository.Holds(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file));
        }

        Assert.NotEmpty(_repository.Run().ExecutedSteps);
        _repository.Run().ExecutesNothing();
    }

    [Fact]
    public void Recipe_Edited_TestsItAndTheStudiesThatUseIt() => Assert.Equal(
        ["check/test[project=ScaleMs.Architecture.Tests]", "check/test[project=ScaleMs.Docs.Tests]", "test[project=ScaleMs.Recipes.Gromacs.Tests]", "test[project=ScaleMs.Study.Tests]"],
        TestsAfter("recipes/ScaleMs.Recipes.Gromacs/Gmx.cs"));

    [Fact]
    public void Document_Edited_ChecksTheDocumentation()
    {
        _repository.Holds("docs/workflows.md", "other");
        _repository.Run().Executed("check/test[project=ScaleMs.Architecture.Tests]", "check/test[project=ScaleMs.Docs.Tests]");
    }

    [Fact]
    public void Core_Edited_TestsEverythingButTheScripts() => Assert.DoesNotContain("test[project=ScaleMs.Scripts.Tests]", TestsAfter("src/ScaleMs.Core/Digests/Digest.cs"));

    private string[] TestsAfter(string edited) => [.. _repository.Holds(edited, "other").Run().ExecutedSteps.Where(step => step.Contains("test[", StringComparison.Ordinal))];

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder)
        .Concat(Directory.GetDirectories(folder).Where(below => !s_made.Contains(Path.GetFileName(below), StringComparer.Ordinal)).SelectMany(Files));

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "global.json")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
