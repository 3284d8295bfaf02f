using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>The result that an instance stood at when it was last settled well, whatever its key would be now.</summary>
internal static class FormerResult
{
    /// <summary>Finds it.</summary>
    /// <returns>The result; null when there is none, or when it lacks an output that is declared now or has it under another rule.</returns>
    public static ActionResult? Of(StepInstance step, StoreState state) =>
        state.Steps.TryGetValue(step.Id, out var last) && state.Results.TryGetValue(last.Key, out var result) && step.Outputs.All(output => Has(result, output)) ? result : null;

    private static bool Has(ActionResult result, Output output) => result.Find(output.Path) is { } record && output.Identity.IsOf(record);
}
