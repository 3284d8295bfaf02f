using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Publishing;

namespace ScaleMs.Engine.Running;

/// <content>From "committed" to "published".</content>
internal sealed partial class RunLoop
{
    private PublishedFolders? _folders;

    private void BeginPublish(Work work, bool isRestore)
    {
        work.Phase = Phase.Running;
        // The manifest is read here, on the loop's thread; the files are written elsewhere.
        var result = work.Result!;
        var order = PublishOrder.Of(work.Step, result, _services.Store.State.Published, _folders ??= new PublishedFolders(_services.Store.State));
        _bytesInUse.Take(work.Step.Id, result);
        if (work.Step.Outputs.Any(output => output.Store == StoreAs.InPlace))
        {
            _gaveUpBytes = true;
            CommitBeforePlacing(result);
        }

        order = Announced(order);
        if (_gaveUpBytes || order.Manifest.Values.Concat(order.Former).Any(entry => entry is not null && !_services.Store.HasBlob(entry.Bytes)))
        {
            // It may replace the only file with bytes that another output needs.
            _bytesInUse.Prepare();
        }

        if (_gaveUpBytes)
        {
            _services.Copies.Prepare();
            _services.Copies.Add(work.Step, result);
        }

        Post(work, () => Task.FromResult<Message>(Publish(work, order, isRestore)));
    }

    /// <summary>
    /// Enters new files into the manifest before they come: should a kill come next and other files be made then, or the step leave the
    /// workflow, these are known to be ours. Where something stands already, it stays the user's.
    /// </summary>
    private PublishOrder Announced(PublishOrder order)
    {
        var coming = PublishedFile.Of(order.Step, order.Result)
            .Where(file => !file.Record.IsAbsent && order.Manifest[file.Path] is null && _services.Disk.Stat(_services.Scanner.Absolute(file.Path.Value), followLinks: false) is null)
            .ToList();
        if (coming.Count == 0)
        {
            return order;
        }

        var entries = coming.ConvertAll(file => new PublishedRecord(file.Path, order.Step.Id, file.Record.Bytes));
        _services.Store.Commit([.. entries]);
        _folders!.Add(coming.Where(file => file.Output.IsTree).Select(file => file.Path));
        return order with { Announced = entries };
    }

    private Message.Published Publish(Work work, PublishOrder order, bool isRestore)
    {
        try
        {
            var (records, failure) = _services.Publisher.Publish(order, _bytesInUse, (code, text) => Tell(new RunEvent.Noticed(Now(), code, text)));
            return new Message.Published(work, failure is null ? records : [.. records, .. NotCome(order, records)], failure, isRestore);
        }
        catch (StoreException exception)
        {
            return new Message.Published(work, [], new Failure(FailureClass.StoreError, exception.Message), isRestore);
        }
    }

    /// <summary>What was announced and did not come is not ours, whoever puts a file there now.</summary>
    private static IEnumerable<UnpublishedRecord> NotCome(PublishOrder order, List<StoreRecord> records)
    {
        var came = records.OfType<PublishedRecord>().Select(entry => entry.Path).ToHashSet();
        return order.Announced.Where(entry => !came.Contains(entry.Path)).Select(entry => new UnpublishedRecord(entry.Path));
    }

    private void OnPublished(Message.Published published)
    {
        var work = published.Work;
        var known = _services.Store.State.Published;
        var records = published.Records.Where(record => record is not PublishedRecord entry || known.GetValueOrDefault(entry.Path) != entry).ToList();
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

        if (published.Failure is not null && (published.IsRestore || work.Moves++ < MostMoves) && HasLostBytes(work, work.Result!))
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
            // What judging, running and recording it took is as much again for the next one, or for the end of the run.
            _services.Heap.Trim(ForeseenBytes(work));
        }
    }

    private bool HasLostBytes(Work work, ActionResult result) => _services.Inspector.Inspect(work.Step, result).Any(fact => fact is { Published: PublishedFact.Missing or PublishedFact.Edited, HasBytes: false });
}
