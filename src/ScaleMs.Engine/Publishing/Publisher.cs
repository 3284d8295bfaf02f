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
    /// <summary>Publishes a result's outputs.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="result">Its result.</param>
    /// <param name="manifest">The manifest's entry of a path; null when the path is not ours.</param>
    /// <param name="bytesInUse">Tells whose bytes others need too, so that the store keeps them.</param>
    /// <param name="notice">Takes what the user should know.</param>
    /// <returns>Entries for the manifest, and the failure that stopped it.</returns>
    public (List<PublishedRecord> Published, Failure? Failure) Publish(
        StepInstance step, ActionResult result, Func<ArtifactPath, PublishedRecord?> manifest, BytesInUse bytesInUse, Action<string, string> notice)
    {
        var published = new List<PublishedRecord>();
        foreach (var output in step.Outputs.Where(output => output.PublishTo is not null))
        {
            var path = output.PublishTo!;
            var record = OutputInspector.RecordOf(result, output.Path);
            var failure = Bring(output, record, manifest(path), bytes => bytesInUse.IsNeededBeside(bytes, step.Id, output.Path), () => Release(step, output, record, bytesInUse), notice);
            if (failure is not null)
            {
                return (published, failure);
            }

            published.Add(new PublishedRecord(path, step.Id, record.Bytes));
            atPoint?.Invoke(CrashPoint.MidPublish);
        }

        return (published, null);
    }

    /// <summary>Whether a file of the user's stands where an output would go.</summary>
    public bool IsForeign(ArtifactPath path, PublishedRecord? ours) => ours is null && (scanner.Look(path.Value, ContentIdentity.Bytes) is { } found
        ? found.Bytes.IsNone || !store.HasBlob(found.Bytes)
        : disk.Stat(scanner.Absolute(path.Value), followLinks: false) is not null);

    private Failure? Bring(Output output, OutputRecord record, PublishedRecord? ours, Predicate<Digest> isNeeded, Func<FileStat?> release, Action<string, string> notice)
    {
        var path = output.PublishTo!;
        var target = scanner.Absolute(path.Value);
        // What stood there when the step was judged may have changed while it ran.
        scanner.Forget(path.Value);
        if (scanner.Look(path.Value, ContentIdentity.Bytes) is { } found)
        {
            if (found.Bytes == record.Bytes)
            {
                disk.EndInterruptedCopy(target);
                return null;
            }

            if (ours is not null && found.Bytes != ours.Bytes && (found.Bytes.IsNone || !store.HasBlob(found.Bytes)))
            {
                notice("output-edited", $"'{path}' was edited since it was published; the edited file was kept as '{kept.Take(target, path)}'");
            }
        }

        if (ours is not null)
        {
            SaveLastCopy(path, ours.Bytes, isNeeded);
        }

        return IsForeign(path, ours)
            ? new Failure(FailureClass.StoreError, $"'{path}' is not ours and would be overwritten: move it away, or publish elsewhere")
            : Place(path, target, record, release);
    }

    /// <summary>Takes what is about to be replaced into the store, should it hold the last bytes of another output.</summary>
    private void SaveLastCopy(ArtifactPath path, Digest former, Predicate<Digest> isNeeded)
    {
        if (!store.HasBlob(former) && isNeeded(former) && scanner.Look(path.Value, ContentIdentity.Bytes) is { } found && found.Bytes == former)
        {
            store.Put(scanner.Absolute(path.Value));
        }
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
