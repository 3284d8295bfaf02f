namespace ScaleMs.Recipes.DotNet;

/// <summary>Restores and builds every project of a solution in steps of its own, so that a change builds only what it reaches.</summary>
/// <remarks>
/// Steps: <c>restore[project=X]</c> and <c>build[project=X]</c>. A build finds the project's own files, the restored packages' list and what was built of the projects that it
/// refers to, and nothing else. Packages themselves lie in NuGet's folder, and the key
/// holds their digests; where that folder was emptied, <c>--rerun '*restore*'</c> fills it.
/// Bytes are the same wherever a project is built if it sets <c>PathMap</c>, as <c>$(MSBuildThisFileDirectory)=/_/</c> in the root's <c>Directory.Build.props</c> does.
/// </remarks>
public sealed class BuildSolution : Recipe<BuiltSolution>
{
    /// <summary>The program.</summary>
    public Sdk Sdk { get; init; } = new();

    /// <summary>The projects.</summary>
    public required Solution Solution { get; init; }

    /// <summary>The configuration. Default <c>Release</c>.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>Properties of MSBuild, such as <c>Version</c>, for restoring, building and packing; none by default. In the keys.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>What is said of a project beyond its file, given its name.</summary>
    public Func<string, ProjectOptions> Options { get; init; } = _ => ProjectOptions.None;

    /// <inheritdoc/>
    public override BuiltSolution Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        foreach (var (what, advice) in Solution.Faults)
        {
            steps.Fault(what, advice);
        }

        var built = new Dictionary<Project, BuiltProject>();
        steps.ForEach("project", Solution.Projects, project => project.Name, (member, project) => built[project] = AddProject(member, project, built));
        return new BuiltSolution(this, [.. built.Values]);
    }

    /// <summary>Adds a call that works on one project: it finds the shared files, what MSBuild reads of the project and of those that it refers to, and more files, each under its path.</summary>
    internal Step Run(Step step, Project project, IEnumerable<SourceFile> more, string command, params IEnumerable<string> arguments)
    {
        foreach (var file in Solution.Shared.Concat(project.Closure.SelectMany(each => each.Evaluated)).Concat(more).DistinctBy(file => file.Path))
        {
            step.Input(file.Path, file);
        }

        foreach (var setting in Solution.Above)
        {
            step.Input(setting.Name, setting);
        }

        return Sdk.Run(
            step,
            command,
            [project.File.Path, .. arguments, .. Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => $"-p:{property.Key}={property.Value}")]);
    }

    private BuiltProject AddProject(StepBuilder member, Project project, Dictionary<Project, BuiltProject> built)
    {
        var restored = AddRestore(member, project);
        return new BuiltProject(project, restored, AddBuild(member, project, restored, [.. project.References.Select(reference => built[reference])]));
    }

    /// <summary>The workspace's own history lies above the step's directory: what asks git for it finds none, and says so.</summary>
    internal static Step WithoutHistory(Step step) => step.Environment("GIT_DIR", "none");

    /// <summary>Who refers to a program copies its executable from there; libraries have none.</summary>
    private string Hosts(Project project) => project.InFolder($"obj/{Configuration}");

    private Step AddRestore(StepBuilder member, Project project)
    {
        var step = WithoutHistory(Run(member.Step("restore"), project, [], "restore"));
        foreach (var name in project.Assets)
        {
            _ = name.EndsWith(".json", StringComparison.Ordinal) ? step.Output(project.InFolder(name), AssetsIdentity.Instance) : step.Output(project.InFolder(name));
        }

        return step;
    }

    // A reference assembly would be one more file to pass on. A commit's id in the assembly would be that of the last build, not of the last commit.
    private Step AddBuild(StepBuilder member, Project project, Step restored, IReadOnlyList<BuiltProject> references)
    {
        var step = Run(
            member.Step("build"), project, project.Sources.Concat(Options(project.Name).BuildInputs).Concat(project.References.SelectMany(reference => reference.Copied)), "build",
            "--configuration", Configuration, "--no-restore", "--no-dependencies", "-nologo", "-p:UseSharedCompilation=false", "-p:ProduceReferenceAssembly=false", "-p:EnableSourceControlManagerQueries=false");
        BuiltProject.AddRestored(step, project, restored);
        foreach (var reference in references)
        {
            BuiltProject.AddRestored(step, reference.Project, reference.Restored)
                .Input(reference.Project.Bin, reference.Bin)
                .Input(Hosts(reference.Project), reference.Built.Tree(Hosts(reference.Project)));
        }

        return WithoutHistory(step).OutputTree(project.Bin).OutputTree(Hosts(project), "**/apphost*", isOptional: true);
    }
}
