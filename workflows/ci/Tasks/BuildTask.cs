using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.DotNet;

namespace Ci;

/// <summary>Builds every project of the repository, or those that are asked for.</summary>
[TaskName("build"), TaskDescription("Restores and builds every project, or those that are asked for")]
public sealed class BuildTask : StepTask<CiContext>
{
    /// <summary>The built projects.</summary>
    public BuiltSolution Built { get; private set; } = null!;

    /// <inheritdoc/>
    public override void Define(StepBuilder steps, CiContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        foreach (var project in context.UnknownProjects)
        {
            steps.Fault($"there is no project '{project}'", "name projects as their files are named, without .csproj");
        }

        Built = steps.Use(new BuildSolution
        {
            Solution = context.ReadSolution(),
            Options = context.OptionsOf,
            // Our analyzers are a reference that only MSBuild sees; the tests of the analyzers apply them to all workflows and recipes.
            Properties = new Dictionary<string, string> { ["AnalyzesWorkflows"] = "false" },
        });
    }
}
