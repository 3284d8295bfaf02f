using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <content>What runs only because bytes are gone is spared when another step makes them first.</content>
internal sealed partial class RunLoop
{
    /// <summary>Whether the bytes that it was to make again came while it waited: other work may make the same.</summary>
    private bool IsSpared(Work work) =>
        RunsForBytes(work) && _services.Store.State.Results.GetValueOrDefault(work.Closed!.Key) is { } result &&
        !HasLostBytes(work, result) && HasWhatIsDemanded(work, result);

    /// <summary>Nobody forced it, but a demand for its bytes: a selection or a plan does so before anything is settled.</summary>
    private static bool RunsForBytes(Work work) => work.Forced is null || work.Reopened is not null;

    private bool HasWhatIsDemanded(Work work, ActionResult result) => work.Demanders is not { } demanders || work.Step.Outputs
        .Where(output => demanders.Exists(demander => demander.Reads(work.Step.Id, output)))
        .All(output => _services.Inspector.PlaceOf(work.Step, result, output.Path) is not null);

    /// <summary>It is judged by its record again.</summary>
    private void Spare(Work work)
    {
        work.Forced = null;
        _bytesInUse.Take(work.Step.Id, _services.Store.State.Results[work.Closed!.Key]);
        JudgeAgain(work);
    }
}
