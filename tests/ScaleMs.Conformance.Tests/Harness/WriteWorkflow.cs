using Cake.Core;
using Cake.Frosting;

namespace ScaleMs.Conformance.Tests;

/// <summary>A workflow of two step tasks: one writes a file, the other never runs.</summary>
public sealed class WriteContext(ICakeContext context) : ScaleMsContext(context, string.Empty);

[TaskName("write")]
public sealed class WriteTask : StepTask<WriteContext>
{
    public override void Define(StepBuilder steps, WriteContext context) =>
        steps.Step("write").Tool("sh").Run("sh", "-c", "echo written > out.txt").Output("out.txt", publish: "out.txt");
}

[TaskName("unwanted")]
public sealed class UnwantedTask : StepTask<WriteContext>
{
    public override bool ShouldRun(WriteContext context) => false;

    public override void Define(StepBuilder steps, WriteContext context) =>
        steps.Step("unwanted").Tool("sh").Run("sh", "-c", "echo unwanted > unwanted.txt").Output("unwanted.txt");
}
