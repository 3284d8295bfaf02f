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
    public OutputFact[] Inspect(StepInstance step, ActionResult result)
    {
        var facts = new OutputFact[step.Outputs.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            var output = step.Outputs[i];
            var record = RecordOf(result, output.Path);
            var published = output.PublishTo is { } path ? FactOf(path, record.Bytes) : PublishedFact.NotPublished;
            var hasBytes = published is PublishedFact.Missing or PublishedFact.Edited && CanBring(record.Bytes);
            facts[i] = new OutputFact(output.Path, output.PublishTo, published, hasBytes);
        }

        return facts;
    }

    /// <summary>A valid place of an output's bytes: the blob, the published file while it holds them, or a blob or published copy from elsewhere; null when they are gone.</summary>
    public StagedInput? PlaceOf(StepInstance producer, OutputRecord record)
    {
        var output = producer.Outputs.First(output => output.Path == record.Path);
        // A blob that another output has beside one in place may be given up while it is read.
        if (output.Store == StoreAs.InPlace && PublishedPlaceOf(output, record) is { } inPlace)
        {
            return inPlace;
        }

        return store.HasBlob(record.Bytes) ? Blob(record.Bytes)
            : PublishedPlaceOf(output, record) ?? (store.CanBring(record.Bytes) ? Blob(record.Bytes) with { ToBring = record.Bytes } : TakenFromCopy(record.Bytes));
    }

    /// <summary>Whether an output's bytes are where nothing but the output's own step, or somebody else, takes them away.</summary>
    public bool IsAtHand(StepInstance producer, OutputRecord record) => store.HasBlob(record.Bytes) || IsPublished(producer, record);

    private bool IsPublished(StepInstance producer, OutputRecord record) =>
        producer.Outputs.First(output => output.Path == record.Path).PublishTo is { } path && FactOf(path, record.Bytes) == PublishedFact.Intact;

    private StagedInput Blob(Digest bytes) => new(store.BlobPath(bytes), false, null);

    private StagedInput? PublishedPlaceOf(Output output, OutputRecord record)
    {
        if (output.PublishTo is not { } path)
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

    /// <summary>Whether <see cref="PlaceOf"/> seems to have an answer. Brings nothing, so a plan may ask.</summary>
    public bool CanPlace(StepInstance producer, OutputRecord record) => CanBring(record.Bytes) || IsPublished(producer, record);

    /// <summary>The record of one output; a result under a key always has one for each declared output.</summary>
    public static OutputRecord RecordOf(ActionResult result, ArtifactPath path) => result.OutputAt(path);

    private PublishedFact FactOf(ArtifactPath path, Digest wanted) => scanner.Look(path.Value, ContentIdentity.Bytes) switch
    {
        null => PublishedFact.Missing,
        { Bytes: var found } => found == wanted ? PublishedFact.Intact : PublishedFact.Edited,
    };
}
