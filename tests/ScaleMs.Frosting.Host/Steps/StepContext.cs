using Cake.Core;

namespace ScaleMs.Frosting.Host.Steps;

/// <summary>The context of the tasks with steps.</summary>
public sealed class StepContext(ICakeContext context) : ScaleMsContext(context, "study")
{
}
