using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.DotNet;

/// <summary>Runs the tests of projects, a step for each, so that the tests of an unchanged project are not run again.</summary>
/// <remarks>
/// Step: <c>test[project=X]</c>; of a project with several target frameworks one for each, <c>test[project=X.net10.0]</c>. The tests run above nothing but the project's <c>bin</c> folder and <see cref="ProjectOptions.TestInputs"/>: what they read of the workspace is to be
/// declared there. A failed test fails the step, and its message ends the log. Handles: the results in the TRX form, by those names; they never repeat, so nobody should wait for equal ones.
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

        return steps.ForEach("project", tested.SelectMany(project => Runs(steps, project)), run => run.Name, AddTest)
            .ToDictionary(member => member.Item.Name, member => member.Handles, StringComparer.Ordinal);
    }

    private IEnumerable<TestRun> Runs(StepBuilder steps, BuiltProject built)
    {
        var frameworks = Solution.Recipe.Options(built.Project.Name).TestFrameworks ?? built.Project.Frameworks;
        if (frameworks is null)
        {
            steps.Fault($"the target frameworks of '{built.Project.File.Path}' cannot be told from its build files: TargetFrameworks may have several values, or TargetFramework is set too", "name those that are tested in ProjectOptions.TestFrameworks");
        }

        return frameworks is null or { Count: < 2 } ? [new TestRun(built, null)] : frameworks.Select(framework => new TestRun(built, framework));
    }

    private Artifact AddTest(StepBuilder member, TestRun run)
    {
        var (built, project, build) = (run.Built, run.Built.Project, Solution.Recipe);
        var options = build.Options(project.Name);
        var results = $"results/{run.Name}.trx";
        var step = build.Run(
            member.Step("test"), project, options.TestInputs, "test",
            ["--configuration", build.Configuration, "--no-build", "--no-restore", .. run.Arguments, "--logger", $"trx;LogFileName={run.Name}.trx", "--results-directory", "results", .. options.TestArguments]);
        foreach (var variable in options.TestVariables)
        {
            step.Pass(variable);
        }

        return BuiltProject.AddRestored(step, project, built.Restored)
            .Input(project.Bin, built.Bin)
            .Resources(cpus: options.TestCpus, time: options.TestTime)
            .Output(results, new OutputIdentity.OfAction(), publish: PublishTo is null ? null : $"{PublishTo}/{run.Name}.trx")
            .File(results);
    }

    /// <summary>The tests of a project, or those of one of its target frameworks.</summary>
    private sealed record TestRun(BuiltProject Built, string? Framework)
    {
        public string Name => Framework is null ? Built.Project.Name : $"{Built.Project.Name}.{Framework}";

        public string[] Arguments => Framework is null ? [] : ["--framework", Framework];
    }
}
