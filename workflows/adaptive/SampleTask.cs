using System.Globalization;
using Cake.Frosting;
using ScaleMs;

namespace Adaptive;

/// <summary>Samples in rounds until the standard error of the mean is small enough; at most 20 rounds.</summary>
[TaskName("sample"), TaskDescription("Samples until the mean is known well enough")]
public sealed class SampleTask : StepTask<AdaptiveContext>
{
    public Deferred<IReadOnlyList<Round?>> Rounds { get; private set; } = null!;

    public override void Define(StepBuilder steps, AdaptiveContext context) =>
        Rounds = steps.Loop<Round?>("round", 20, null, (member, last) => Next(member, last, context),
            round => round!.Decision, text => text.StartsWith("enough", StringComparison.Ordinal));

    private static Round Next(StepBuilder steps, Round? last, AdaptiveContext context)
    {
        var number = (last?.Number ?? 0) + 1;
        var walkers = steps.ForEach("walker", Enumerable.Range(1, context.Walkers), walker => walker, (member, walker) => member.Step("walk")
            .Input("walk.awk", context.Source("walk.awk"))
            .Tool("awk")
            .Run("awk", "-v", string.Create(CultureInfo.InvariantCulture, $"seed={(1000 * number) + walker}"), "-f", "walk.awk").OutputTo("sample.txt")
            .Output("sample.txt"));
        IReadOnlyList<Artifact> samples = [.. last?.Samples ?? [], .. walkers.Files("sample.txt")];
        var decide = steps.Step("decide")
            .Inputs(SampleName, samples)
            .Input("decide.awk", context.Source("decide.awk"))
            .Tool("awk")
            .Run("awk", ["-v", $"error={context.Error}", "-f", "decide.awk", .. samples.Select((_, i) => SampleName(i + 1))]).OutputTo("decision.txt")
            .Output("decision.txt");
        return new Round(number, samples, decide.File("decision.txt"));
    }

    private static string SampleName(int number) => string.Create(CultureInfo.InvariantCulture, $"sample{number:0000}.txt");
}
