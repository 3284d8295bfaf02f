using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>Rules for trying a step again that can never apply.</summary>
internal static class RetryChecks
{
    public static IReadOnlyList<Fault> Of(StepInstance step) => ReferenceEquals(step.Retries, RetryRules.Default) ? [] : [.. Check(step)];

    private static IEnumerable<Fault> Check(StepInstance step)
    {
        foreach (var code in step.Retries.LaterExits.Where(step.Success.AllowedExitCodes.Contains))
        {
            yield return WorkflowFaults.ExitIsSuccessAndRetry(step, code);
        }

        if (step.Retries.Time is not null && step.Resources.TimeLimit is null)
        {
            yield return WorkflowFaults.NothingToGrow(step, "time", "time");
        }

        if (step.Retries.Memory is not null && step.Resources.MemoryBytes == 0)
        {
            yield return WorkflowFaults.NothingToGrow(step, "memory", "memory");
        }
    }
}
