using Cake.Frosting;

namespace ScaleMs.Recipes.DotNet.Sample;

[TaskName("pack"), TaskDescription("Makes packages")]
public sealed class PackTask(BuildTask build) : StepTask<SampleContext>
{
    public override void Define(StepBuilder steps, SampleContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.Use(new PackProjects { Solution = build.Built, Which = name => !name.EndsWith("Tests", StringComparison.Ordinal), PublishTo = "artifacts/packages" });
    }
}
