using Cake.Frosting;
using ScaleMs;

namespace Simulate;

/// <summary>The whole study. It has no steps of its own: analysing needs everything before it.</summary>
[TaskName("simulate"), TaskDescription("The whole study, from the PDB file to table and plots")]
[IsDependentOn(typeof(AnalyseTask))]
public sealed class SimulateTask : StepTask<MdContext>
{
    /// <inheritdoc/>
    public override void Define(StepBuilder steps, MdContext context)
    {
    }
}
