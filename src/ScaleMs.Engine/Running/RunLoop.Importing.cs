using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Importing;

namespace ScaleMs.Engine.Running;

/// <content>Results that were made elsewhere: recorded under the present key, then published like any other.</content>
internal sealed partial class RunLoop
{
    private void BeginImport(Work work, Importer importer)
    {
        var closed = work.Closed!;
        var components = closed.GetComponents();
        work.Verdict = new Verdict.Restore(importer.Reason);
        work.Phase = Phase.Running;
        _inFlight.Add(closed.Key, work);
        Post(work, () =>
        {
            var (result, failure) = importer.Import(work.Step, closed.Key, components, _runId);
            return Task.FromResult<Message>(new Message.Imported(work, result, failure));
        });
    }

    private void OnImported(Message.Imported imported)
    {
        var work = imported.Work;
        _inFlight.Remove(work.Closed!.Key);
        if (imported.Failure is { } failure)
        {
            Fail(work, failure, isFault: false);
            return;
        }

        work.Result = imported.Result;
        _bytesInUse.Take(work.Step.Id, work.Result!);
        _services.AtPoint?.Invoke(CrashPoint.BetweenBlobAndRecord);
        _services.Store.Commit([.. _services.Scanner.TakeLearnt(), work.Result!]);
        _services.AtPoint?.Invoke(CrashPoint.AfterRecord);
        BeginPublish(work, isRestore: true);
    }

    /// <summary>A result that was made replaces one that was imported: then it is known whether that was right.</summary>
    private void TellWhetherImportAgrees(ActionResult made)
    {
        if (_services.Store.State.Results.GetValueOrDefault(made.Key) is not { ImportedFrom: { } from } imported)
        {
            return;
        }

        var others = made.Outputs.Where(output => imported.OutputAt(output.Path).Identity != output.Identity).Select(output => output.Path.Value).ToList();
        Tell(others.Count == 0
            ? new RunEvent.Noticed(Now(), "import-agrees", $"{made.Step} was made here, and the result imported from {from} agrees with it")
            : new RunEvent.Noticed(Now(), "import-differs", $"{made.Step} was made here, and the result imported from {from} differs in {string.Join(", ", others)}"));
    }
}
