using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <content>From "committed" to "published".</content>
internal sealed partial class RunLoop
{
    private void BeginPublish(Work work, bool isRestore)
    {
        work.Phase = Phase.Running;
        // The manifest is read here, on the loop's thread; the files are written elsewhere.
        var manifest = work.Step.Outputs.Where(output => output.PublishTo is not null)
            .ToDictionary(output => output.PublishTo!, output => _services.Store.State.Published.GetValueOrDefault(output.PublishTo!));
        var result = work.Result!;
        _bytesInUse.Take(work.Step.Id, result);
        if (work.Step.Outputs.Any(output => output.Store == StoreAs.InPlace))
        {
            _gaveUpBytes = true;
            CommitBeforePlacing(result);
        }

        if (_gaveUpBytes || manifest.Values.Any(entry => entry is not null && !_services.Store.HasBlob(entry.Bytes)))
        {
            // It may replace the only file with bytes that another output needs.
            _bytesInUse.Prepare();
        }

        if (_gaveUpBytes)
        {
            _services.Copies.Prepare();
            _services.Copies.Add(work.Step, result);
        }

        Post(work, () => Task.FromResult<Message>(Publish(work, result, manifest, isRestore)));
    }

    private Message.Published Publish(Work work, ActionResult result, Dictionary<ArtifactPath, PublishedRecord?> manifest, bool isRestore)
    {
        try
        {
            var (entries, failure) = _services.Publisher.Publish(
                work.Step, result, path => manifest[path], _bytesInUse, (code, text) => Tell(new RunEvent.Noticed(Now(), code, text)));
            return new Message.Published(work, entries, failure, isRestore);
        }
        catch (StoreException exception)
        {
            return new Message.Published(work, [], new Failure(FailureClass.StoreError, exception.Message), isRestore);
        }
    }

    private void OnPublished(Message.Published published)
    {
        var work = published.Work;
        var known = _services.Store.State.Published;
        var records = published.Entries.Where(entry => known.GetValueOrDefault(entry.Path) != entry).Cast<StoreRecord>().ToList();
        if (published.Failure is null && _services.Store.State.Steps.GetValueOrDefault(work.Step.Id)?.Key != work.Closed!.Key)
        {
            records.Add(StateOf(work));
        }

        if (records.Count > 0)
        {
            _services.AtPoint?.Invoke(CrashPoint.BeforeManifest);
            _services.Store.Commit([.. records]);
            _services.AtPoint?.Invoke(CrashPoint.AfterManifest);
        }

        if (published.Failure is null)
        {
            _services.Copies.Add(work.Step, work.Result!);
            _bytesInUse.Stands(work.Step.Id);
            LeaveInPlace(work);
        }

        if (published.Failure is not null && (published.IsRestore || work.Moves++ < MostMoves) && HasLostBytes(work))
        {
            // They were there when it was judged: damaged, edited or collected since. Its record says what is wanted; now it must be made.
            work.MustLookAgain = true;
            work.Phase = Phase.Waiting;
            _toJudge.Enqueue(work);
        }
        else if (published.Failure is not null)
        {
            Fail(work, published.Failure, isFault: false);
        }
        else
        {
            Settle(work, published.IsRestore ? Outcome.Restored : Outcome.Executed, work.Verdict!.Reason);
        }
    }

    private bool HasLostBytes(Work work) => _services.Inspector.Inspect(work.Step, work.Result!).Any(fact => fact is { Published: PublishedFact.Missing or PublishedFact.Edited, HasBytes: false });
}
