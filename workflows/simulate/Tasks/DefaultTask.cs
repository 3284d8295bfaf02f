using Cake.Frosting;
using ScaleMs;

namespace Simulate;

/// <summary>What runs when no target is given: Cake's own name for it.</summary>
[TaskName("Default"), TaskDescription("The same as simulate")]
[IsDependentOn(typeof(SimulateTask))]
public sealed class DefaultTask : StepTask<MdContext>
{
    /// <inheritdoc/>
    public override void Define(StepBuilder steps, MdContext context)
    {
    }
}
