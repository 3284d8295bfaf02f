using ScaleMs.Core.Model;

namespace ScaleMs.Core.Faults;

/// <summary>The wording of faults about what steps keep between their runs.</summary>
internal static class StateFaults
{
    public static Fault NotAlways(StepInstance step) => Definition(
        "SMS1060", $"step '{step.Id}' keeps state between its runs, but does not run always", step,
        "say Always() of it; the result of any other step follows from its key alone, and state is in no key");

    public static Fault NoContract(StepInstance step) => Definition(
        "SMS1061", $"step '{step.Id}' keeps state between its runs, but its commands tell no log records to give it back by", step,
        "say Contract() of it, or give the state to a function as a StepState");

    public static Fault NoPlace(StepInstance step, string why) => Definition(
        "SMS1061", $"step '{step.Id}' keeps state between its runs, but the standard input of its last command {why}", step,
        "give the last command an object of parameters with Contract, without a member 'state'");

    private static Fault Definition(string code, string what, StepInstance step, string advice) =>
        new(code, FaultKind.Definition, what, step.DeclaredAt, advice);
}
