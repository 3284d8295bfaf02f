using Cake.Frosting;

namespace ScaleMs.Recipes.DotNet.Sample;

[TaskName("build"), TaskDescription("Restores and builds every project")]
public sealed class BuildTask : StepTask<SampleContext>
{
    public BuiltSolution Built { get; private set; } = null!;

    public override void Define(StepBuilder steps, SampleContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        Built = steps.Use(new BuildSolution { Solution = Solution.Read(context, context.Glob("src/*/*.csproj")) });
    }
}
