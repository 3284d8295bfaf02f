namespace ScaleMs.Recipes.DotNet;

/// <summary>Packs projects, a step for each.</summary>
/// <remarks>Step: <c>pack[project=X]</c>. Handles: the folders of packages, by project.</remarks>
public sealed class PackProjects : Recipe<IReadOnlyDictionary<string, Artifact>>
{
    private const string Packages = "packages";

    /// <summary>What was built.</summary>
    public required BuiltSolution Solution { get; init; }

    /// <summary>Which projects are packed, given their names.</summary>
    public required Func<string, bool> Which { get; init; }

    /// <summary>The folder where packages are published, each project's in one of its own; relative to the workspace. Null (the default) publishes nothing.</summary>
    public string? PublishTo { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Artifact> Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return steps.ForEach("project", Solution.Projects.Where(project => Which(project.Project.Name)), project => project.Project.Name, AddPack)
            .ToDictionary(member => member.Item.Project.Name, member => member.Handles, StringComparer.Ordinal);
    }

    private Artifact AddPack(StepBuilder member, BuiltProject built)
    {
        var (project, build) = (built.Project, Solution.Recipe);
        var step = build.Run(
            member.Step("pack"), project, project.Sources.Concat(build.Options(project.Name).BuildInputs), "pack",
            "--configuration", build.Configuration, "--no-build", "--no-restore", "--output", Packages, "-nologo", "-p:EnableSourceControlManagerQueries=false");
        foreach (var each in Solution.Projects.Where(other => project.Closure.Contains(other.Project)))
        {
            BuiltProject.AddRestored(step, each.Project, each.Restored);
        }

        return BuildSolution.WithoutHistory(step).Input(project.Bin, built.Bin)
            .OutputTree(Packages, publish: PublishTo is null ? null : $"{PublishTo}/{project.Name}")
            .Tree(Packages);
    }
}
