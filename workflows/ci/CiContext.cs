using Cake.Core;
using ScaleMs;
using ScaleMs.Recipes.DotNet;

namespace Ci;

/// <summary>This repository as a solution: its projects, and what its tests read beyond what they were built from.</summary>
public sealed class CiContext : ScaleMsContext
{
    private static readonly string[] Folders = ["src", "recipes", "workflows", "tests"];
    private static readonly string[] MadeFolders = ["bin", "obj", "results"];

    private readonly IReadOnlyList<string> _projects;

    /// <summary>Declares the parameters.</summary>
    /// <param name="context">Cake's context.</param>
    public CiContext(ICakeContext context)
        : base(context, home: "") => _projects = Parameters.Texts("projects", [], "projects to build and test, with all that they refer to; none for every project");

    /// <summary>Tests of rules that hold for the whole repository.</summary>
    public static IReadOnlyList<string> Checks { get; } = ["ScaleMs.Analyzers.Tests", "ScaleMs.Architecture.Tests", "ScaleMs.Docs.Tests", "ScaleMs.Recipes.DotNet.Tests"];

    /// <summary>Tests that read what no step can declare, this machine's packages and the repository's history: <c>.ci/run</c> runs them.</summary>
    public static IReadOnlyList<string> Undeclared { get; } = ["ScaleMs.Packages.Tests"];

    /// <summary>The projects asked for that are not there.</summary>
    public IEnumerable<string> UnknownProjects => _projects.Except(ProjectFiles().Select(NameOf), StringComparer.Ordinal);

    /// <summary>Every project, or those asked for. Our analyzers are a reference that these builds are told to leave out; the tests of the analyzers apply them to all workflows and recipes.</summary>
    public Solution ReadSolution() => Solution.Read(
        this,
        [.. ProjectFiles().Where(file => _projects.Count == 0 || _projects.Contains(NameOf(file), StringComparer.Ordinal))],
        new SolutionOptions { NotFollowed = ["$(RepositoryRoot)src/ScaleMs.Analyzers/ScaleMs.Analyzers.csproj"] });

    private IEnumerable<SourceFile> ProjectFiles() => Folders.SelectMany(folder => Glob($"{folder}/*/*.csproj"));

    private static string NameOf(SourceFile project) => Path.GetFileNameWithoutExtension(project.Path);

    /// <summary>All that the packages are made from.</summary>
    public IEnumerable<SourceFile> Packed => new[] { "src", "recipes" }.SelectMany(FilesOf)
        .Concat(new[] { "Directory.*", "global.json", ".editorconfig", "LICENSE", "docs/analyzers.md" }.SelectMany(pattern => Glob(pattern)));

    /// <summary>What is said of one project.</summary>
    /// <param name="project">Its name.</param>
    public ProjectOptions OptionsOf(string project) => new()
    {
        TestInputs = [.. FilesOf($"tests/{project}"), .. Glob("ScaleMs.sln"), .. Read(project)],
        TestTime = "01:00:00",
        TestCpus = 2,
    };

    private IEnumerable<SourceFile> All => Folders.SelectMany(FilesOf);

    private IEnumerable<SourceFile> Documents => new[] { "*.md", "docs/**", "ScaleMs.sln", "LICENSE" }.SelectMany(pattern => Glob(pattern));

    /// <summary>What a project's tests hold the product to.</summary>
    private IEnumerable<SourceFile> Read(string project) => project switch
    {
        "ScaleMs.Analyzers.Tests" => All.Concat(Glob("docs/analyzers.md")),
        "ScaleMs.Architecture.Tests" or "ScaleMs.Docs.Tests" => All.Concat(Documents),
        "ScaleMs.Recipes.DotNet.Tests" => All,
        "ScaleMs.Reporting.Tests" => Glob("docs/*.json"),
        "ScaleMs.Scripts.Tests" => FilesOf("workflows/cbuild").Concat(FilesOf("workflows/first")).Concat(Glob("docs/first-study.md")),
        "ScaleMs.Tool.Tests" => Glob("docs/tool.md"),
        _ => [],
    };

    private IReadOnlyList<SourceFile> FilesOf(string folder) => Folder(folder, allowNone: true, except: MadeFolders).Files;
}
