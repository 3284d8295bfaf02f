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

    [Fact]
    public void Recipe_Edited_TestsItAndTheStudiesThatUseIt() => Assert.Equal(
        [.. s_checks.Select(name => $"check/test[project=ScaleMs.{name}.Tests]"), "test[project=ScaleMs.Recipes.Gromacs.Tests]", "test[project=ScaleMs.Sites.Tests]", "test[project=ScaleMs.Study.Tests]"],
        TestsAfter("recipes/ScaleMs.Recipes.Gromacs/Gmx.cs"));

    [Fact]
    public void Workflow_Edited_ChecksItAndTestsNothingElse() =>
        Assert.Equal(s_checks.Select(name => $"check/test[project=ScaleMs.{name}.Tests]"), TestsAfter("workflows/words/CountTask.cs"));

    [Fact]
    public void Document_Edited_ChecksTheDocumentation()
    {
        var repository = Made().Holds("docs/workflows.md", "other");
        repository.Run().Executed("check/test[project=ScaleMs.Architecture.Tests]", "check/test[project=ScaleMs.Docs.Tests]");
    }

    [Fact]
    public void Template_Edited_PacksAnew() => Assert.Contains("pack", Made().Holds("src/ScaleMs.Templates/content/workflow/.gitlab-ci.yml", "other").Run().ExecutedSteps);

    [Fact]
    public void Projects_AskedFor_AreBuiltWithWhatTheyReferToAndTested() => Repository("test", "projects=ScaleMs.Core.Tests").Run().Executed(
        "build/restore[project=ScaleMs.Core]", "build/restore[project=ScaleMs.Core.Tests]", "build[project=ScaleMs.Core]", "build[project=ScaleMs.Core.Tests]", "test[project=ScaleMs.Core.Tests]");

    [Fact]
    public void Project_AskedForThatIsNotThere_IsAFault() =>
        Assert.Contains("there is no project 'ScaleMs.Gone'", Assert.ThrowsAny<Exception>(() => Repository("build", "projects=ScaleMs.Core,ScaleMs.Gone").Run()).ToString(), StringComparison.Ordinal);

    private static string[] TestsAfter(string edited) => [.. Made().Holds(edited, "other").Run().ExecutedSteps.Where(step => step.Contains("test[", StringComparison.Ordinal))];

    /// <summary>All of it is made, and nothing is left to do.</summary>
    private static WorkflowTest Made()
    {
        var repository = Repository("Default");
        Assert.NotEmpty(repository.Run().ExecutedSteps);
        repository.Run().ExecutesNothing();
        return repository;
    }

    private static WorkflowTest Repository(string target, params string[] parameters)
    {
        var repository = WorkflowTest.OfTarget<CiContext>(target, parameters);
        var root = Root(AppContext.BaseDirectory);
        foreach (var document in s_documents)
        {
            repository.Holds(document, "text");
        }

        foreach (var file in Directory.GetFiles(root, "Directory.*").Concat(s_folders.SelectMany(folder => Files(Path.Combine(root, folder)))))
        {
            repository.Holds(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file));
        }

        return repository;
    }

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder)
        .Concat(Directory.GetDirectories(folder).Where(below => !s_made.Contains(Path.GetFileName(below), StringComparer.Ordinal)).SelectMany(Files));

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "global.json")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
