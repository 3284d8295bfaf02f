using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.DotNet;

/// <summary>Runs the tests of projects, a step for each, so that the tests of an unchanged project are not run again.</summary>
/// <remarks>
/// Step: <c>test[project=X]</c>. The tests run above nothing but the project's <c>bin</c> folder and <see cref="ProjectOptions.TestInputs"/>: what they read of the workspace is to be
/// declared there. A failed test fails the step, and its message ends the log. Handles: the results in the TRX form, by project; they never repeat, so nobody should wait for equal ones.
/// </remarks>
public sealed class TestProjects : Recipe<IReadOnlyDictionary<string, Artifact>>
{
    /// <summary>What was built.</summary>
    public required BuiltSolution Solution { get; init; }

    /// <summary>Which projects hold tests, given their names. By default those whose names end with <c>Tests</c> or <c>Test</c>.</summary>
    public Func<string, bool> Which { get; init; } = name => name.EndsWith("Tests", StringComparison.Ordinal) || name.EndsWith("Test", StringComparison.Ordinal);

    /// <summary>The folder where the results <c>X.trx</c> are published, relative to the workspace; null (the default) publishes nothing.</summary>
    public string? PublishTo { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Artifact> Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var tested = Solution.Projects.Where(project => Which(project.Project.Name)).ToList();
        if (tested.Count == 0)
        {
            steps.Fault("no project of the solution counts as one with tests", "name them with TestProjects.Which");
        }

        return steps.ForEach("project", tested, project => project.Project.Name, AddTest).ToDictionary(member => member.Item.Project.Name, member => member.Handles, StringComparer.Ordinal);
    }

    private Artifact AddTest(StepBuilder member, BuiltProject built)
    {
        var (project, build) = (built.Project, Solution.Recipe);
        var options = build.Options(project.Name);
        var results = $"results/{project.Name}.trx";
        var step = build.Run(
            member.Step("test"), project, options.TestInputs, "test",
            ["--configuration", build.Configuration, "--no-build", "--no-restore", "--logger", $"trx;LogFileName={project.Name}.trx", "--results-directory", "results", .. options.TestArguments]);
        foreach (var variable in options.TestVariables)
        {
            step.Pass(variable);
        }

        return BuiltProject.AddRestored(step, project, built.Restored)
            .Input(project.Bin, built.Bin)
            .Resources(cpus: options.TestCpus, time: options.TestTime)
            .Output(results, new OutputIdentity.OfAction(), publish: PublishTo is null ? null : $"{PublishTo}/{project.Name}.trx")
            .File(results);
    }
}
