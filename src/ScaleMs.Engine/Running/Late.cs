using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Engine.Running;

/// <summary>The wording of failures and faults that show only while running.</summary>
internal static class Late
{
    public static Failure EqualStochastic(StepInstance step, StepInstance twin) => new(
        FailureClass.SubmitError,
        $"steps '{twin.Id}' and '{step.Id}' draw random numbers but are the same work: give each member its own seed (declared at {step.DeclaredAt})");

    public static Failure OutsideThePlan(StepInstance step, Reason reason) => new(
        FailureClass.SubmitError,
        $"the plan that is applied does not allow what '{step.Id}' would do now ({reason.Text}): it was not executed; make the plan again with --plan-out, and review it");

    public static Failure UpstreamStale(StepInstance step, Reason reason) => new(
        FailureClass.SubmitError,
        $"--exclusive runs only the target's own steps, but '{step.Id}' is not up to date ({reason.Text}): run without --exclusive first");

    public static Fault TooManySteps(Continuation continuation, int most) => new(
        "SMS1033", FaultKind.Definition, $"{continuation} would make more than {most} steps while running", continuation.DeclaredAt,
        "bound what goes on, or raise the limit: MostExpandedSteps of the workflow's context");

    public static Fault TooLarge(Continuation continuation, long bytes) => new(
        "SMS1030", FaultKind.Definition, $"{continuation} goes on from a text, but that output holds {bytes} bytes, and no more than {ContentReader.Most} are read", continuation.DeclaredAt,
        "let the step write what is to be decided on into an output of its own");

    public static Fault OtherContent(Continuation continuation) => new(
        "SMS1034", FaultKind.Definition, $"{continuation} was declared from content that is no longer its content: the step was made again, and differs", continuation.DeclaredAt,
        "run again; make the step reproducible, or keep its output's bytes");
}
