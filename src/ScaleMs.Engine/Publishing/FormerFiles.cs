using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Publishing;

/// <summary>Sees to the files that a former result published, before those of the present one take their place.</summary>
internal sealed class FormerFiles(IDisk disk, IFileStore store, Scanner scanner, KeptFiles kept)
{
    private const int MostNamed = 3;

    /// <summary>Moves away what a former result published and this one does not have.</summary>
    /// <returns>Records for the manifest.</returns>
    public IEnumerable<UnpublishedRecord> TakeAway(PublishOrder order, BytesInUse bytesInUse, Action<string, string> notice)
    {
        var absent = PublishedFile.Of(order.Step, order.Result).Where(file => file.Record.IsAbsent).Select(file => order.Manifest[file.Path] ?? Known(order.Step, file.Path)).OfType<PublishedRecord>();
        var gone = order.Former.Concat(absent).ToList();
        if (gone.Count == 0)
        {
            return [];
        }

        var moved = gone.Count(entry => TakeAway(entry, bytes => bytesInUse.IsNeededBeside(bytes, entry.Step, entry.Path)));
        EmptyFolders.RemoveAbove(disk, scanner.Absolute(string.Empty), gone.Select(entry => entry.Path));
        if (moved > 0)
        {
            notice("leftovers", Told(order, gone, moved));
        }

        return gone.Select(entry => new UnpublishedRecord(entry.Path));
    }

    private string Told(PublishOrder order, List<PublishedRecord> gone, int moved)
    {
        var names = string.Join(", ", gone.Select(entry => $"'{entry.Path}'").Take(MostNamed)) + (gone.Count > MostNamed ? ", …" : string.Empty);
        return $"{(moved == 1 ? "a file" : $"{moved} files")} that '{order.Step.Id}' no longer makes ({names}) {(moved == 1 ? "was" : "were")} moved to '{kept.Directory}'";
    }

    /// <summary>What a run that was killed published and did not enter into the manifest.</summary>
    private PublishedRecord? Known(StepInstance step, ArtifactPath path) =>
        scanner.Look(path.Value, ContentIdentity.Bytes) is { Bytes: { IsNone: false } found } && store.HasBlob(found) ? new PublishedRecord(path, step.Id, found) : null;

    private bool TakeAway(PublishedRecord entry, Predicate<Digest> isNeeded)
    {
        var file = scanner.Absolute(entry.Path.Value);
        disk.EndInterruptedCopy(file);
        scanner.Forget(entry.Path.Value);
        if (disk.Stat(file, followLinks: false) is null or { IsDirectory: true })
        {
            return false;
        }

        SaveLastCopy(entry.Path, entry.Bytes, isNeeded);
        kept.Take(file, entry.Path);
        scanner.Forget(entry.Path.Value);
        return true;
    }

    /// <summary>A file where a step made none would be taken for its output.</summary>
    public Failure? InPlaceOfAbsent(PublishOrder order) => PublishedFile.Of(order.Step, order.Result)
        .Where(file => file.Record.IsAbsent && disk.Stat(scanner.Absolute(file.Path.Value), followLinks: false) is not null)
        .Select(file => new Failure(FailureClass.StoreError, $"'{file.Path}' is not ours and would be taken for an output that the step left out: move it away, or publish elsewhere"))
        .FirstOrDefault();

    /// <summary>Takes what is about to be replaced into the store, should it hold the last bytes of another output.</summary>
    public void SaveLastCopy(ArtifactPath path, Digest former, Predicate<Digest> isNeeded)
    {
        if (!store.HasBlob(former) && isNeeded(former) && scanner.Look(path.Value, ContentIdentity.Bytes) is { } found && found.Bytes == former)
        {
            store.Put(scanner.Absolute(path.Value));
        }
    }
}
