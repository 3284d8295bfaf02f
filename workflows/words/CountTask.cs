using Cake.Frosting;
using ScaleMs;

namespace Words;

/// <summary>One step for each text.</summary>
[TaskName("count"), TaskDescription("Counts the words of every text")]
public sealed class CountTask : StepTask<WordsContext>
{
    public Members<string, Step> Counts { get; private set; } = null!;

    public override void Define(StepBuilder steps, WordsContext context) =>
        Counts = steps.ForEach("text", context.Texts, text => text, (member, text) => member.Step("count")
            .Input("text.txt", context.Source($"texts/{text}.txt"))
            .Tool("wc")
            .Run("wc", "-w", "text.txt").OutputTo("count.txt")
            .Output("count.txt"));
}
