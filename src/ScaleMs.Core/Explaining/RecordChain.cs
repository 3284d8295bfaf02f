using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Explaining;

/// <summary>Follows a difference between two records to where it began: through each changed input to the records of the step that made it.</summary>
/// <param name="resultsOf">The recorded results of an instance, newest first.</param>
public sealed class RecordChain(Func<StepId, IReadOnlyList<ActionResult>> resultsOf)
{
    /// <summary>A chain is followed this far.</summary>
    private const int Deepest = 12;

    /// <summary>Of older results only the newest are compared: their components are read one by one.</summary>
    private const int MostCompared = 50;

    /// <summary>The recorded result that explains best: the one with the fewest differing components, and of equal ones the newest.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="now">The components to explain.</param>
    /// <returns>The result; null when the instance has none.</returns>
    public ActionResult? Nearest(StepId step, IReadOnlyList<KeyComponent> now) => resultsOf(step)
        .Take(MostCompared)
        .MinBy(result => KeyDifference.Changes(result.Components, now).Count, Comparer<int>.Default);

    /// <summary>The result that an instance had before another.</summary>
    /// <param name="result">The later one.</param>
    /// <returns>The newest that was finished earlier; null when there is none.</returns>
    public ActionResult? Before(ActionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return resultsOf(result.Step).FirstOrDefault(other => other.FinishedAt < result.FinishedAt && other.Key != result.Key);
    }

    /// <summary>Tells how a key came to differ from a record.</summary>
    /// <param name="before">The record.</param>
    /// <param name="reader">The instance that the components belong to.</param>
    /// <param name="now">The present components, with their notes.</param>
    /// <param name="made">The present result of a producer, or null for its newest record.</param>
    /// <returns>A cause for each difference.</returns>
    public IReadOnlyList<Cause> Between(ActionResult before, StepId reader, IReadOnlyList<KeyComponent> now, Func<StepId, ActionResult?>? made = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        return Between(new Readers(reader, made), before, now, Deepest);
    }

    private List<Cause> Between(Readers readers, ActionResult before, IReadOnlyList<KeyComponent> now, int depth)
    {
        var (old, present) = (ByName(before.Components), ByName(now));
        return [.. KeyDifference.Changes(before.Components, now).Select(change => Tell(readers, change, old, present, depth))];
    }

    private Cause Tell(Readers readers, KeyChange change, Dictionary<string, string> old, Dictionary<string, string> present, int depth)
    {
        // What is told by a note, or by its value, has no origin: the names of those are no inputs.
        var name = change.Component[(change.Component.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var (was, origin) = (KeyNote.OriginOf(old, name), KeyNote.OriginOf(present, name));
        var text = $"{change.Text}{Detail(change, was, origin)}, read by {readers.Reader}";
        return origin?.Producer is { } producer && change is { Before: { } before, Now: { } now } && Digest.TryParse(before, out var former) && Digest.TryParse(now, out var made)
            ? new Cause(text, depth == 0 ? [] : Upstream(readers with { Reader = producer }, former, made, depth))
            : new Cause(text);
    }

    /// <summary>What the producer's key was then and is now: the chain goes on where it differs, and ends at a producer that does not repeat.</summary>
    private List<Cause> Upstream(Readers readers, Digest former, Digest now, int depth)
    {
        var producer = readers.Reader;
        var results = resultsOf(producer);
        var made = readers.Made?.Invoke(producer) ?? results.FirstOrDefault(result => Has(result, now)) ?? (results.Count > 0 ? results[0] : null);
        if (made is null)
        {
            return [];
        }

        var earlier = results.FirstOrDefault(result => result.Key != made.Key && Has(result, former)) ?? results.FirstOrDefault(result => result.Key != made.Key && result.FinishedAt < made.FinishedAt);
        var causes = earlier is null || !Has(earlier, former) ? [] : Between(readers, earlier, made.Components, depth - 1);
        return causes.Count > 0 ? causes : [NotRepeated(made)];
    }

    private static Cause NotRepeated(ActionResult made) =>
        new($"nondeterministic producer: {made.Step} was made again in run {made.RunId} under an equal key and differs, or its former record is gone");

    private static bool Has(ActionResult result, Digest content) => result.Outputs.Any(output => output.Identity == content || output.Bytes == content);

    private static string Detail(KeyChange change, InputOrigin? was, InputOrigin? now)
    {
        if (KeyNote.Is(change.Component) || !Digest.TryParse(change.Before ?? string.Empty, out var before) || !Digest.TryParse(change.Now ?? string.Empty, out var present))
        {
            return string.Empty;
        }

        var size = was?.Length is { } old && now?.Length is { } length ? FormattableString.Invariant($", {old} B → {length} B") : string.Empty;
        var place = now switch
        {
            { Producer: { } producer } => $" from {producer}",
            { } file => $" from {file.Path}",
            _ => string.Empty,
        };
        return $"{place} ({before.Brief} → {present.Brief}{size})";
    }

    private static Dictionary<string, string> ByName(IReadOnlyList<KeyComponent> components) =>
        components.ToDictionary(component => component.Name, component => component.Value, StringComparer.Ordinal);

    private sealed record Readers(StepId Reader, Func<StepId, ActionResult?>? Made);
}
