using Cake.Core;
using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Steps;

/// <summary>A plain task before steps.</summary>
[TaskName("fetch")]
internal sealed class FetchTask : FrostingTask<StepContext>
{
    public override void Run(StepContext context)
    {
        Told.Line("run fetch");
        File.WriteAllText("in.txt", "x");
    }
}

/// <summary>Two instances.</summary>
[TaskName("split"), IsDependentOn(typeof(FetchTask))]
internal sealed class SplitTask : StepTask<StepContext>
{
    public List<Artifact> Parts { get; } = [];

    public override bool ShouldRun(StepContext context)
    {
        Told.Line("asked split");
        return true;
    }

    public override void Define(StepBuilder steps, StepContext context)
    {
        Told.Line("define split");
        steps.ForEach("part", Enumerable.Range(0, 2), part => part, (member, part) =>
        {
            var step = member.Step("split").Tool("sh").Run("sh", "-c", $"echo {part} > part.txt").Output("part.txt");
            Parts.Add(step.File("part.txt"));
            return step;
        });
    }
}

/// <summary>Reads both.</summary>
[TaskName("merge")]
internal sealed class MergeTask(SplitTask split) : StepTask<StepContext>
{
    public override void Define(StepBuilder steps, StepContext context)
    {
        Told.Line("define merge");
        steps.Step("merge").Input("0.txt", split.Parts[0]).Input("1.txt", split.Parts[1])
            .Tool("sh").Run("sh", "-c", "cat 0.txt 1.txt > all.txt").Output("all.txt", publish: "all.txt");
    }
}

/// <summary>Fails.</summary>
[TaskName("break")]
internal sealed class BreakTask : StepTask<StepContext>
{
    public override void Define(StepBuilder steps, StepContext context) =>
        steps.Step("break").Tool("sh").Run("sh", "-c", "exit 7").Output("never.txt");
}

/// <summary>Throws while it defines.</summary>
[TaskName("undefined")]
internal sealed class UndefinedTask : StepTask<StepContext>
{
    public override void Define(StepBuilder steps, StepContext context) => throw new CakeException("cannot be defined");
}
