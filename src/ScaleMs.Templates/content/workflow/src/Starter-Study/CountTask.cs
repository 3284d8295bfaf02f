using Cake.Frosting;
using ScaleMs;

namespace Starter_Study;

/// <summary>One step for each text: they run in parallel, and only those whose text changed.</summary>
[TaskName("count"), TaskDescription("Counts the words of every text")]
public sealed class CountTask : StepTask<StudyContext>
{
    /// <summary>What the steps make, for the tasks that read it.</summary>
    public Members<SourceFile, Step> Counts { get; private set; } = null!;

    public override void Define(StepBuilder steps, StudyContext context) =>
        Counts = steps.ForEach("text", context.Texts, StudyContext.NameOf, (member, text) => member.Step("count")
            .Input($"{StudyContext.NameOf(text)}.txt", text)
            .Tool("wc")
            .Run("wc", "-w", $"{StudyContext.NameOf(text)}.txt").OutputTo("count.txt")
            .Output("count.txt"));
}
