using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Running;

/// <content>How long bytes are kept.</content>
internal sealed partial class RunLoop
{
    private readonly BytesInUse _bytesInUse;
    private readonly LastReaders _lastReaders;
    private bool _gaveUpBytes;

    private bool IsInPlace(StepId step, ArtifactPath path) =>
        _graph.Find(step)?.Step?.Outputs.Any(output => output.Path == path && output.Store == StoreAs.InPlace) == true;

    /// <summary>An output whose readers are done.</summary>
    private void OnRead(Work work, Output output)
    {
        if (output.Keep == Keep.Never || (output.Keep == Keep.UntilConsumed && IsRead(work, output)))
        {
            DropUnneeded(work, output);
        }
    }

    private bool IsRead(Work work, Output output)
    {
        for (var i = 0; i < work.Node.Dependents.Count; i++)
        {
            if (_works[work.Node.Dependents[i].Index].Reads(work.Step.Id, output))
            {
                return true;
            }
        }

        return false;
    }

    private void DropUnneeded(Work work, Output output)
    {
        foreach (var record in work.Result!.RecordsOf(output))
        {
            if (_bytesInUse.GiveUp(record.Bytes, work.Step.Id, record.Path))
            {
                _gaveUpBytes = true;
                _services.Store.Drop(record.Bytes);
            }
        }
    }

    /// <summary>Drops what a run that was killed had no time to drop.</summary>
    private void DropForgotten()
    {
        foreach (var work in _works)
        {
            for (var i = 0; work is { Node.Step: not null, Phase: Phase.Settled, IsGood: true } && i < work.Step.Outputs.Count; i++)
            {
                if ((work.Step.Outputs[i].Keep != Keep.Always || work.Step.Outputs[i].Store == StoreAs.InPlace) && HasFile(work, work.Step.Outputs[i]))
                {
                    DropForgotten(work, work.Step.Outputs[i]);
                }
            }
        }
    }

    private void DropForgotten(Work work, Output output)
    {
        if (output.Store == StoreAs.InPlace)
        {
            DropUnneeded(work, output);
        }
        else
        {
            _lastReaders.Ask(work, output);
        }
    }

    private bool HasFile(Work work, Output output) =>
        work.Result!.RecordsOf(output).Any(record => _services.Disk.Stat(_services.Store.BlobPath(record.Bytes), followLinks: false) is not null);

    /// <summary>Outputs that are published need the store's copy no longer where they are kept in place.</summary>
    private void LeaveInPlace(Work work)
    {
        foreach (var output in work.Step.Outputs.Where(output => output.Store == StoreAs.InPlace))
        {
            DropUnneeded(work, output);
        }
    }

    /// <summary>A record from a shared cache is ours before its bytes leave the store: should a kill come next, it tells whose file stands there.</summary>
    private void CommitBeforePlacing(ActionResult result)
    {
        if (!_services.Store.State.Results.ContainsKey(result.Key))
        {
            _services.Store.Commit(result);
        }
    }

    /// <summary>Takes outputs in again whose bytes another output gave up after they were collected and before anybody knew of them.</summary>
    private void TakeAgain(Work work, ActionResult result, string directory)
    {
        _gaveUpBytes |= work.Step.Outputs.Any(output => output.Store == StoreAs.InPlace);
        if (!_gaveUpBytes)
        {
            return;
        }

        foreach (var output in result.Outputs.Where(output => !_services.Store.HasBlob(output.Bytes)))
        {
            var file = Path.Combine(directory, "files", output.Path.Value);
            if (_services.Disk.Stat(file, followLinks: false) is { IsFile: true })
            {
                _services.Store.Put(file);
            }
        }
    }
}
