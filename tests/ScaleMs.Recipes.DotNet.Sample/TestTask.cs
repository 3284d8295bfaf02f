using Cake.Frosting;

namespace ScaleMs.Recipes.DotNet.Sample;

[TaskName("test"), TaskDescription("Runs the tests")]
public sealed class TestTask(BuildTask build) : StepTask<SampleContext>
{
    public override void Define(StepBuilder steps, SampleContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.Use(new TestProjects { Solution = build.Built, PublishTo = "artifacts/tests" });
    }
}
