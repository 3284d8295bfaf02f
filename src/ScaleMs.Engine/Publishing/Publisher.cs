using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Judging;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Publishing;

/// <summary>Puts outputs where the user looks for them, each by a rename, and never over bytes that no record of ours holds.</summary>
/// <param name="disk">The disk.</param>
/// <param name="store">The store.</param>
/// <param name="scanner">Tells what stands at a path.</param>
/// <param name="copies">Tells where else bytes are published.</param>
/// <param name="kept">Takes what the user edited.</param>
/// <param name="atPoint">Told the points that are reached; null for nobody.</param>
internal sealed class Publisher(IDisk disk, IFileStore store, Scanner scanner, PublishedCopies copies, KeptFiles kept, Action<string>? atPoint = null)
{
    private readonly FormerFiles _former = new(disk, store, scanner, kept);

    /// <summary>Publishes a result's outputs.</summary>
    /// <param name="order">What to publish.</param>
    /// <param name="bytesInUse">Tells whose bytes others need too, so that the store keeps them.</param>
    /// <param name="notice">Takes what the user should know.</param>
    /// <returns>Records for the manifest, and the failure that stopped it.</returns>
    public (List<StoreRecord> Records, Failure? Failure) Publish(PublishOrder order, BytesInUse bytesInUse, Action<string, string> notice)
    {
        var records = new List<StoreRecord>();
        // Before the others come: a file may have given way to a folder, or the other way round.
        records.AddRange(_former.TakeAway(order, bytesInUse, notice));
        foreach (var file in PublishedFile.Of(order.Step, order.Result).Where(file => !file.Record.IsAbsent))
        {
            var failure = Bring(order, file, bytesInUse, notice);
            if (failure is not null)
            {
                return (records, failure);
            }

            records.Add(new PublishedRecord(file.Path, order.Step.Id, file.Record.Bytes));
            atPoint?.Invoke(CrashPoint.MidPublish);
        }

        return (records, order.Result.Outputs.Any(record => record.IsAbsent) ? _former.InPlaceOfAbsent(order) : null);
    }

    /// <summary>Whether a file of the user's stands where an output would go.</summary>
    public bool IsForeign(ArtifactPath path, PublishedRecord? ours) => ours is null && (scanner.Look(path.Value, ContentIdentity.Bytes) is { } found
        ? found.Bytes.IsNone || !store.HasBlob(found.Bytes)
        : disk.Stat(scanner.Absolute(path.Value), followLinks: false) is not null);

    /// <summary>Whether something of the user's stands where a directory would go.</summary>
    public bool IsForeignInPlaceOfFolder(ArtifactPath path, PublishedRecord? ours) => ours is null && disk.Stat(scanner.Absolute(path.Value)) is { IsDirectory: false };

    private Failure? Bring(PublishOrder order, PublishedFile file, BytesInUse bytesInUse, Action<string, string> notice)
    {
        var (output, record, path) = file;
        var ours = order.Manifest[path];
        var target = scanner.Absolute(path.Value);
        // What stood there when the step was judged may have changed while it ran.
        scanner.Forget(path.Value);
        if (scanner.Look(path.Value, ContentIdentity.Bytes) is { } found)
        {
            if (found.Bytes == record.Bytes && (found.Stat.IsExecutable == record.IsExecutable || output.Store == StoreAs.InPlace))
            {
                disk.EndInterruptedCopy(target);
                return null;
            }

            if (ours is not null && found.Bytes != ours.Bytes && found.Bytes != record.Bytes && (found.Bytes.IsNone || !store.HasBlob(found.Bytes)))
            {
                notice("output-edited", $"'{path}' was edited since it was published; the edited file was kept as '{kept.Take(target, path)}'");
            }
        }

        if (ours is not null)
        {
            _former.SaveLastCopy(path, ours.Bytes, bytes => bytesInUse.IsNeededBeside(bytes, order.Step.Id, record.Path));
        }

        return IsForeign(path, ours)
            ? new Failure(FailureClass.StoreError, $"'{path}' is not ours and would be overwritten: move it away, or publish elsewhere")
            : Place(path, target, record, () => Release(order.Step, output, record, bytesInUse));
    }

    /// <summary>Moves the store's copy to where the output is kept from now on; null where it has to be copied.</summary>
    private FileStat? Release(StepInstance step, Output output, OutputRecord record, BytesInUse bytesInUse) => output.Store == StoreAs.InPlace
        ? bytesInUse.WhileUnneeded(record.Bytes, step.Id, output.Path, () => store.Release(record.Bytes, scanner.Absolute(output.PublishTo!.Value), record.IsExecutable))
        : null;

    private bool TakeFromCopy(Digest bytes) => copies.Find(bytes, out var file) is not null && store.Put(file).Bytes == bytes;

    private Failure? Place(ArtifactPath path, string target, OutputRecord record, Func<FileStat?> release)
    {
        if (!store.Bring(record.Bytes) && !TakeFromCopy(record.Bytes))
        {
            return new Failure(FailureClass.StoreError, $"the bytes of '{path}' ({record.Bytes}) are not in the store");
        }

        if (release() is { } moved)
        {
            scanner.Wrote(path.Value, moved, record.Bytes, isMoved: true);
        }
        else
        {
            scanner.Wrote(path.Value, disk.CopyAndLook(store.BlobPath(record.Bytes), target, record.IsExecutable), record.Bytes, isMoved: false);
        }

        return null;
    }
}
