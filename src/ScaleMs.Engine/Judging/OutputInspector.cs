using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Judging;

/// <summary>Looks where recorded outputs are, and where their bytes can be had.</summary>
internal sealed class OutputInspector(IFileStore store, Scanner scanner, PublishedCopies copies)
{
    /// <summary>The facts about a recorded result's outputs under the present declaration.</summary>
    public IReadOnlyList<OutputFact> Inspect(StepInstance step, ActionResult result)
    {
        if (step.Outputs.Count == 1 && !step.Outputs[0].IsTree)
        {
            return new[] { FactOf(RecordOf(result, step.Outputs[0].Path), step.Outputs[0].PublishTo) };
        }

        var facts = new List<OutputFact>(step.Outputs.Count);
        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (step.Outputs[i].IsTree)
            {
                facts.AddRange(FactsOfTree(result, step.Outputs[i]));
            }
            else
            {
                facts.Add(FactOf(RecordOf(result, step.Outputs[i].Path), step.Outputs[i].PublishTo));
            }
        }

        return facts;
    }

    private IEnumerable<OutputFact> FactsOfTree(ActionResult result, Output output) =>
        result.RecordsOf(output).Where(record => record.Path != output.Path).Select(record => FactOf(record, output.PublishedAt(record.Path)));

    private OutputFact FactOf(OutputRecord record, ArtifactPath? path)
    {
        var published = path is null ? PublishedFact.NotPublished : record.IsAbsent ? FactOfAbsent(path) : FactOf(path, record.Bytes);
        var hasBytes = published is PublishedFact.Missing or PublishedFact.Edited && (record.IsAbsent || CanBring(record.Bytes));
        return new OutputFact(record.Path, path, published, hasBytes);
    }

    /// <summary>A valid place of what a step reads of another: of a directory, its listing's and those of all files in it.</summary>
    public StagedInput? PlaceOf(StepInstance producer, ActionResult result, ArtifactPath path)
    {
        var record = result.Find(path);
        if (record is null or { IsAbsent: true })
        {
            return record is null ? null : StagedInput.Absent;
        }

        var place = PlaceOf(producer, record);
        return place is null ? null
            : !record.IsTree ? place with { IsExecutable = record.IsExecutable, Length = record.Length }
            : FilesOf(producer, result, OutputOf(producer, record)) is { } files ? place with { Files = files, Length = files.Values.Sum(file => file.Length) } : null;
    }

    private Dictionary<string, StagedInput>? FilesOf(StepInstance producer, ActionResult result, Output tree)
    {
        var files = new Dictionary<string, StagedInput>(StringComparer.Ordinal);
        foreach (var record in result.RecordsOf(tree).Where(record => record.Path != tree.Path))
        {
            if (PlaceOf(producer, record) is not { } place)
            {
                return null;
            }

            files.Add(record.Path.Value[(tree.Path.Value.Length + 1)..], place with { IsExecutable = record.IsExecutable, Length = record.Length });
        }

        return files;
    }

    /// <summary>A valid place of an output's bytes: the blob, the published file while it holds them, or a blob or published copy from elsewhere; null when they are gone.</summary>
    public StagedInput? PlaceOf(StepInstance producer, OutputRecord record)
    {
        var output = OutputOf(producer, record);
        // A blob that another output has beside one in place may be given up while it is read.
        if (output.Store == StoreAs.InPlace && PublishedPlaceOf(output, record) is { } inPlace)
        {
            return inPlace;
        }

        return store.HasBlob(record.Bytes) ? Blob(record.Bytes)
            : PublishedPlaceOf(output, record) ?? (store.CanBring(record.Bytes) ? Blob(record.Bytes) with { ToBring = record.Bytes } : TakenFromCopy(record.Bytes));
    }

    /// <summary>Whether an output's bytes are where nothing but the output's own step, or somebody else, takes them away.</summary>
    public bool IsAtHand(StepInstance producer, ActionResult result, Output output) =>
        result.RecordsOf(output).All(record => record.IsAbsent || store.HasBlob(record.Bytes) || IsPublished(producer, record));

    private bool IsPublished(StepInstance producer, OutputRecord record) =>
        PublishedPath(OutputOf(producer, record), record) is { } path && FactOf(path, record.Bytes) == PublishedFact.Intact;

    private static Output OutputOf(StepInstance producer, OutputRecord record) =>
        producer.Outputs.Count == 1 ? producer.Outputs[0] : producer.Outputs.First(output => output.Covers(record.Path));

    /// <summary>A directory's listing is not published.</summary>
    private static ArtifactPath? PublishedPath(Output output, OutputRecord record) => output.IsTree && record.Path == output.Path ? null : output.PublishedAt(record.Path);

    private StagedInput Blob(Digest bytes) => new(store.BlobPath(bytes), false, null);

    private StagedInput? PublishedPlaceOf(Output output, OutputRecord record)
    {
        if (PublishedPath(output, record) is not { } path)
        {
            return null;
        }

        scanner.Recheck(path.Value);
        return FactOf(path, record.Bytes) == PublishedFact.Intact
            ? new StagedInput(scanner.Absolute(path.Value), false, scanner.Look(path.Value, ContentIdentity.Bytes)?.Stat)
            : null;
    }

    /// <summary>Another step's file may be replaced before it is read, so the store takes its bytes; where it cannot, they are used where they lie.</summary>
    private StagedInput? TakenFromCopy(Digest bytes)
    {
        var copy = CopyOf(bytes);
        if (copy is null || store.IsReadOnly)
        {
            return copy;
        }

        try
        {
            return store.Put(copy.Place).Bytes == bytes ? Blob(bytes) : null;
        }
        catch (StoreException)
        {
            return copy;
        }
    }

    private bool CanBring(Digest bytes) => store.CanBring(bytes) || CopyOf(bytes) is not null;

    private StagedInput? CopyOf(Digest bytes)
    {
        copies.Prepare();
        return copies.Find(bytes, out var file) is { } found ? new StagedInput(file, false, found.Stat) : null;
    }

    /// <summary>Whether there seems to be a place for what a step reads of another. Brings nothing, so a plan may ask.</summary>
    public bool CanPlace(StepInstance producer, ActionResult result, ArtifactPath path)
    {
        IEnumerable<OutputRecord> records = result.Find(path) is not { } own ? [] : own.IsTree ? result.RecordsOf(OutputOf(producer, own)) : [own];
        return records.Any() && records.All(record => record.IsAbsent || CanBring(record.Bytes) || IsPublished(producer, record));
    }

    /// <summary>The record of one output; a result under a key always has one for each declared output.</summary>
    public static OutputRecord RecordOf(ActionResult result, ArtifactPath path) => result.OutputAt(path);

    private PublishedFact FactOfAbsent(ArtifactPath path) =>
        scanner.Look(path.Value, ContentIdentity.Bytes) is null ? PublishedFact.Intact : PublishedFact.Edited;

    private PublishedFact FactOf(ArtifactPath path, Digest wanted) => scanner.Look(path.Value, ContentIdentity.Bytes) switch
    {
        null => PublishedFact.Missing,
        { Bytes: var found } => found == wanted ? PublishedFact.Intact : PublishedFact.Edited,
    };
}
