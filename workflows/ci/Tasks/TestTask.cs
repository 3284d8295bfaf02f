using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.DotNet;

namespace Ci;

/// <summary>Runs the tests, but those that check the repository as a whole.</summary>
/// <param name="build">What is tested.</param>
[TaskName("test"), TaskDescription("Runs the tests of what changed")]
public sealed class TestTask(BuildTask build) : StepTask<CiContext>
{
    /// <inheritdoc/>
    public override void Define(StepBuilder steps, CiContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.Use(new TestProjects
        {
            Solution = build.Built,
            Which = name => name.EndsWith(".Tests", StringComparison.Ordinal) && !CiContext.Checks.Contains(name) && !CiContext.Undeclared.Contains(name),
            PublishTo = "artifacts/ci/tests",
        });
    }
}
