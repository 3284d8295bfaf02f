using Cake.Frosting;
using ScaleMs;

namespace Starter_Study;

/// <summary>What runs when no target is given.</summary>
[TaskName("Default"), IsDependentOn(typeof(ReportTask))]
public sealed class DefaultTask : StepTask<StudyContext>
{
    public override void Define(StepBuilder steps, StudyContext context)
    {
    }
}
