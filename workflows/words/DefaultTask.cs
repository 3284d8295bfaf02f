using Cake.Frosting;
using ScaleMs;

namespace Words;

/// <summary>What runs when no target is given.</summary>
[TaskName("Default"), IsDependentOn(typeof(ReportTask))]
public sealed class DefaultTask : StepTask<WordsContext>
{
    public override void Define(StepBuilder steps, WordsContext context)
    {
    }
}
