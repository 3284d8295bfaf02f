using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Planning;

/// <summary>Where a published output stands.</summary>
public enum PublishedFact
{
    /// <summary>It is not published by declaration.</summary>
    NotPublished,

    /// <summary>The published file holds the recorded bytes.</summary>
    Intact,

    /// <summary>Nothing is there.</summary>
    Missing,

    /// <summary>Other bytes are there.</summary>
    Edited,
}

/// <summary>What is known of a recorded output.</summary>
/// <param name="Path">The output's path in the private directory.</param>
/// <param name="PublishTo">Where it is to be published; null when it is not.</param>
/// <param name="Published">What stands there.</param>
/// <param name="HasBytes">Whether its bytes can be had from a valid place.</param>
public sealed record OutputFact(ArtifactPath Path, ArtifactPath? PublishTo, PublishedFact Published, bool HasBytes);

/// <summary>Everything that a verdict on one instance depends on.</summary>
public sealed record Evidence
{
    /// <summary>The present key.</summary>
    public required ActionKey Key { get; init; }

    /// <summary>Names the present key's components, given those of the key that they are to be compared with; called only to explain a change.</summary>
    public required Func<IReadOnlyList<KeyComponent>, IReadOnlyList<KeyComponent>> Components { get; init; }

    /// <summary>The recorded state of the instance; null when it never ran.</summary>
    public StepStateRecord? State { get; init; }

    /// <summary>The result recorded under the state's key; null when there is none.</summary>
    public ActionResult? Last { get; init; }

    /// <summary>The result recorded under the present key; null when there is none.</summary>
    public ActionResult? Recorded { get; init; }

    /// <summary>The shared cache that <see cref="Recorded"/> was taken from; null for the workspace's own record.</summary>
    public string? Cache { get; init; }

    /// <summary>Facts about each output of <see cref="Recorded"/>.</summary>
    public IReadOnlyList<OutputFact> Outputs { get; init; } = [];

    /// <summary>Set when the instance must run whatever its record says: a consumer needs bytes that are gone.</summary>
    public Reason? Forced { get; init; }
}

/// <summary>The one function that decides: facts in, verdict and reason out. Plan and run both use it.</summary>
public static class Judge
{
    /// <summary>Judges one instance.</summary>
    /// <param name="evidence">What is known.</param>
    /// <returns>The verdict; the same evidence always gives the same one.</returns>
    public static Verdict Of(Evidence evidence)
    {
        if (evidence.Forced is not null)
        {
            return new Verdict.Execute(evidence.Forced);
        }

        if (evidence.Recorded is null)
        {
            return new Verdict.Execute(WhyNotRecorded(evidence));
        }

        if (First(evidence.Outputs, IsLost) is { PublishTo: { } lost })
        {
            return new Verdict.Execute(Reasons.BytesGone(lost));
        }

        var isSame = evidence.State?.Key == evidence.Key;
        if (First(evidence.Outputs, IsToBeBrought) is { PublishTo: { } path } output)
        {
            return new Verdict.Restore(isSame ? WhyBrought(output, path) : WhyTaken(evidence, evidence.Recorded));
        }

        return isSame
            ? new Verdict.UpToDate(Reasons.Unchanged(evidence.Recorded))
            : new Verdict.Restore(WhyTaken(evidence, evidence.Recorded));
    }

    private static OutputFact? First(IReadOnlyList<OutputFact> outputs, Predicate<OutputFact> isWanted)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            if (isWanted(outputs[i]))
            {
                return outputs[i];
            }
        }

        return null;
    }

    private static bool IsToBeBrought(OutputFact fact) => fact.Published is PublishedFact.Missing or PublishedFact.Edited;

    private static bool IsLost(OutputFact fact) => IsToBeBrought(fact) && !fact.HasBytes;

    private static Reason WhyBrought(OutputFact fact, ArtifactPath path) =>
        fact.Published == PublishedFact.Missing ? Reasons.OutputMissing(path) : Reasons.OutputEdited(path);

    private static Reason WhyTaken(Evidence evidence, ActionResult recorded) =>
        evidence.Cache is { } cache ? Reasons.RecordedInCache(cache, recorded) : Reasons.RecordedBefore(recorded);

    private static Reason WhyNotRecorded(Evidence evidence)
    {
        if (evidence.State is null)
        {
            return Reasons.NeverRan();
        }

        return evidence.Last is null || evidence.State.Key == evidence.Key
            ? Reasons.RecordLost()
            : WhyChanged([.. evidence.Last.Components], evidence.Components);
    }

    private static Reason WhyChanged(IReadOnlyList<KeyComponent> before, Func<IReadOnlyList<KeyComponent>, IReadOnlyList<KeyComponent>> components) =>
        Reasons.KeyChanged(before, components(before));
}
