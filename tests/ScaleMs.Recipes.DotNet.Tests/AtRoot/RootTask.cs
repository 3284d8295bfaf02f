using Cake.Frosting;

namespace ScaleMs.Recipes.DotNet.Tests.AtRoot;

[TaskName("root"), TaskDescription("Builds, tests and packs the project at the workspace's root")]
public sealed class RootTask : StepTask<RootContext>
{
    public override void Define(StepBuilder steps, RootContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        var solution = Solution.Read(context, context.Glob("*.csproj"), new SolutionOptions { NotFollowed = ["$(Anywhere)/*.cs", "../Beyond.props"] });
        var built = steps.Use(new BuildSolution { Solution = solution });
        steps.Use(new TestProjects { Solution = built, PublishTo = "artifacts/tests" });
        steps.Use(new PackProjects { Solution = built, Which = _ => true, PublishTo = "artifacts/packages" });
    }
}
