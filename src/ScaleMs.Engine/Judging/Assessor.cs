using ScaleMs.Core.Failures;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Explaining;
using ScaleMs.Engine.Running;

namespace ScaleMs.Engine.Judging;

/// <summary>Gathers the evidence on one instance and has it judged. Plan and run both use it.</summary>
internal sealed class Assessor(IFileStore store, ActionCloser closer, OutputInspector inspector, InputNotes notes)
{
    /// <summary>Assesses an instance whose producers are settled.</summary>
    public Assessment Assess(StepInstance step, Func<InputSource.StepOutput, OutputRecord?> outputOf, Reason? forced)
    {
        var (action, failure) = closer.Close(step, outputOf);
        if (action is null)
        {
            return new Assessment(null, null, null, failure);
        }

        var closed = new Closed(action, KeyEncoder.KeyOf(action), notes);
        var key = closed.Key;
        var (recorded, cache) = store.FindResult(key);
        var state = store.State.Steps.GetValueOrDefault(step.Id);
        var verdict = Judge.Of(new Evidence
        {
            Key = key,
            Components = closed.GetComponents,
            State = state,
            Last = state is null ? null : store.State.Results.GetValueOrDefault(state.Key),
            Recorded = recorded,
            Cache = cache,
            Outputs = recorded is null ? [] : inspector.Inspect(step, recorded),
            Forced = forced,
        });
        // What is up to date needs only its key from here on: there are many, and they wait for the end of the plan.
        return new Assessment(verdict is Verdict.UpToDate ? null : closed, verdict, recorded, null) { Key = recorded?.Key ?? key };
    }

    /// <summary>What is known of an instance of the settled part: it has the result that it stands at.</summary>
    /// <exception cref="WholeRunNeededException">It stands at none.</exception>
    public Assessment AsSettled(StepInstance step) =>
        store.State.Steps.TryGetValue(step.Id, out var state) && store.State.Results.TryGetValue(state.Key, out var recorded)
            ? new Assessment(null, Judge.Of(new Evidence { Key = recorded.Key, Components = static _ => [], State = state, Recorded = recorded }), recorded, null) { Key = recorded.Key }
            : throw new WholeRunNeededException($"{step.Id} stands at no result");
}

/// <summary>What was found about an instance: a verdict, or what keeps it from being judged.</summary>
/// <param name="Closed">The closed action; null when it is up to date, or cannot be closed.</param>
/// <param name="Verdict">The verdict; null when it cannot be judged.</param>
/// <param name="Recorded">The result under its key, if there is one.</param>
/// <param name="Failure">What keeps it from being judged.</param>
internal sealed record Assessment(Closed? Closed, Verdict? Verdict, ActionResult? Recorded, Failure? Failure)
{
    /// <summary>The action's key; null when it cannot be closed.</summary>
    public ActionKey? Key { get; init; }
}
