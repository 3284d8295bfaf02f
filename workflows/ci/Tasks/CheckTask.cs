using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.DotNet;

namespace Ci;

/// <summary>Checks the rules that hold for the repository as a whole: who may refer to whom, and that the documentation is true.</summary>
/// <param name="build">What is checked.</param>
[TaskName("check"), TaskDescription("Checks architecture and documentation")]
public sealed class CheckTask(BuildTask build) : StepTask<CiContext>
{
    /// <inheritdoc/>
    public override void Define(StepBuilder steps, CiContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.Use(new TestProjects { Solution = build.Built, Which = CiContext.Checks.Contains, PublishTo = "artifacts/ci/tests" });
    }
}
