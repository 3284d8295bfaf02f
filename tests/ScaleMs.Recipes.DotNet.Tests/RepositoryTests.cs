using Ci;
using ScaleMs.Testing;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>This repository as <c>workflows/ci</c> builds it: which tests a change reaches. In memory; every command writes a digest of what it finds.</summary>
public sealed class RepositoryTests
{
    private static readonly string[] s_folders = ["src", "recipes", "workflows", "tests"];
    private static readonly string[] s_documents = ["README.md", "LICENSE", "ScaleMs.sln", "global.json", ".editorconfig", "docs/workflows.md", "docs/tool.md", "docs/analyzers.md", "docs/first-study.md", "docs/plan.schema.json"];
    private static readonly string[] s_made = ["bin", "obj", "results"];

    private static readonly string[] s_checks = ["Analyzers", "Architecture", "Docs", "Recipes.DotNet"];

    private readonly WorkflowTest _repository = WorkflowTest.OfTarget<CiContext>("Default");

    public RepositoryTests()
    {
        var root = Root(AppContext.BaseDirectory);
        foreach (var document in s_documents)
        {
            _repository.Holds(document, "text");
        }

        foreach (var file in Directory.GetFiles(root, "Directory.*").Concat(s_folders.SelectMany(folder => Files(Path.Combine(root, folder)))))
        {
            _repository.Holds(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file));
        }

        Assert.NotEmpty(_repository.Run().ExecutedSteps);
        _repository.Run().ExecutesNothing();
    }

    [Fact]
    public void Recipe_Edited_TestsItAndTheStudiesThatUseIt() => Assert.Equal(
        [.. s_checks.Select(name => $"check/test[project=ScaleMs.{name}.Tests]"), "test[project=ScaleMs.Recipes.Gromacs.Tests]", "test[project=ScaleMs.Study.Tests]"],
        TestsAfter("recipes/ScaleMs.Recipes.Gromacs/Gmx.cs"));

    [Fact]
    public void Workflow_Edited_ChecksItAndTestsNothingElse() =>
        Assert.Equal(s_checks.Select(name => $"check/test[project=ScaleMs.{name}.Tests]"), TestsAfter("workflows/words/CountTask.cs"));

    [Fact]
    public void Document_Edited_ChecksTheDocumentation()
    {
        _repository.Holds("docs/workflows.md", "other");
        _repository.Run().Executed("check/test[project=ScaleMs.Architecture.Tests]", "check/test[project=ScaleMs.Docs.Tests]");
    }

    [Fact]
    public void Template_Edited_PacksAnew() => Assert.Contains("pack", _repository.Holds("src/ScaleMs.Templates/content/workflow/.gitlab-ci.yml", "other").Run().ExecutedSteps);

    private string[] TestsAfter(string edited) => [.. _repository.Holds(edited, "other").Run().ExecutedSteps.Where(step => step.Contains("test[", StringComparison.Ordinal))];

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder)
        .Concat(Directory.GetDirectories(folder).Where(below => !s_made.Contains(Path.GetFileName(below), StringComparer.Ordinal)).SelectMany(Files));

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "global.json")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
