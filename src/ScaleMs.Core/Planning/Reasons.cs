using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Planning;

/// <summary>The wording of every reason, in one place.</summary>
internal static class Reasons
{
    /// <summary>More changes than this are counted rather than listed.</summary>
    private const int MostListed = 3;

    private static readonly Reason NeverRanBefore = new("never-ran", "never ran");
    private static Since? _unchanged;

    public static Reason Unchanged(ActionResult record) =>
        record.ImportedFrom is null ? UnchangedSince(record.RunId) : new("unchanged", $"unchanged since it was {ImportReasons.Text(record)}");

    /// <summary>Most instances of a workflow were made by a few runs, one after another.</summary>
    private static Reason UnchangedSince(string runId)
    {
        var last = _unchanged;
        if (last?.RunId != runId)
        {
            _unchanged = last = new Since(runId, new Reason("unchanged", $"unchanged since run {runId}"));
        }

        return last.Reason;
    }

    public static Reason NeverRan() => NeverRanBefore;

    public static Reason RecordedBefore(ActionResult record) => new("recorded", record.ImportedFrom is null ? $"this work was done in run {record.RunId}" : ImportReasons.Text(record));

    public static Reason RecordedInCache(string cache, ActionResult record) =>
        new("recorded-in-cache", $"recorded in the shared cache {cache}{(record.ImportedFrom is null ? string.Empty : $", {ImportReasons.Text(record)}")}");

    public static Reason OutputMissing(ArtifactPath path) => new("output-missing", $"output {path} is missing");

    public static Reason OutputEdited(ArtifactPath path) => new("output-edited", $"output {path} was edited");

    public static Reason OutputNotPublished(ArtifactPath path) => new("output-unpublished", $"output {path} is to be published");

    public static Reason BytesGone(ArtifactPath path) => new("bytes-gone", $"output {path} is needed and its bytes are gone");

    public static Reason Demanded(StepId consumer, ArtifactPath path) =>
        new("bytes-demanded", $"{consumer} needs {path} and its bytes are gone");

    public static Reason NondeterministicProducer(StepId producer) =>
        new("nondeterministic-producer", $"nondeterministic producer: {producer} was made again and differs");

    public static Reason RecordLost() => new("record-lost", "its record is lost");

    public static Reason KeyChanged(IReadOnlyList<KeyComponent> before, IReadOnlyList<KeyComponent> now)
    {
        var changes = KeyDifference.Between(before, now);
        var listed = string.Join("; ", changes.Take(MostListed));
        var rest = changes.Count > MostListed ? $"; and {changes.Count - MostListed} more" : string.Empty;
        return new Reason("key-changed", listed + rest);
    }

    private sealed record Since(string RunId, Reason Reason);
}
