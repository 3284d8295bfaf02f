using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Engine.Running;

/// <summary>The wording of failures that show only while running.</summary>
internal static class Late
{
    public static Failure EqualStochastic(StepInstance step, StepInstance twin) => new(
        FailureClass.SubmitError,
        $"steps '{twin.Id}' and '{step.Id}' draw random numbers but are the same work: give each member its own seed (declared at {step.DeclaredAt})");

    public static Failure UpstreamStale(StepInstance step, Reason reason) => new(
        FailureClass.SubmitError,
        $"--exclusive runs only the target's own steps, but '{step.Id}' is not up to date ({reason.Text}): run without --exclusive first");
}
