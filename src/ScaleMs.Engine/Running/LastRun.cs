using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>The run that made what an instance stands at: it tells whether the instance was executed since.</summary>
internal static class LastRun
{
    /// <summary>Finds it; null when the instance never ran.</summary>
    public static string? Of(StepId step, StoreState state) => ResultOf(step, state)?.RunId;

    /// <summary>The result that an instance stands at, whatever its key would be now; null when it never ran.</summary>
    public static ActionResult? ResultOf(StepId step, StoreState state) =>
        state.Steps.TryGetValue(step, out var last) && state.Results.TryGetValue(last.Key, out var result) ? result : null;
}
