using Cake.Frosting;
using ScaleMs;

namespace Adaptive;

/// <summary>Tells what came of the last round. How many rounds there are is known only when they have run.</summary>
[TaskName("Default"), TaskDescription("Writes down the mean and how it was found")]
public sealed class DefaultTask(SampleTask sample) : StepTask<AdaptiveContext>
{
    public override void Define(StepBuilder steps, AdaptiveContext context) =>
        steps.WhenKnown(sample.Rounds, (after, rounds) => after.Step("report")
            .Input("decision.txt", rounds[^1]!.Decision)
            .Tool("awk")
            .Run("awk", "-v", $"rounds={rounds.Count}", "{ print $2, \"±\", $3, \"after\", rounds, \"rounds\" }", "decision.txt").OutputTo("mean.txt")
            .Output("mean.txt", publish: "results/adaptive.txt"));
}
