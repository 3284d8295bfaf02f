using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Running;

/// <content>How long bytes are kept.</content>
internal sealed partial class RunLoop
{
    private readonly BytesInUse _bytesInUse;
    private bool _gaveUpBytes;

    private bool IsInPlace(StepId step, ArtifactPath path) =>
        _graph.Find(step)?.Step?.Outputs.Any(output => output.Path == path && output.Store == StoreAs.InPlace) == true;

    /// <summary>Drops what nobody needs any more now that this instance is settled: outputs it read, and its own without a reader.</summary>
    private void DropConsumed(Work work)
    {
        if (work.Node.Step is null || !work.IsGood)
        {
            return;
        }

        if (HasNewBytes(work))
        {
            foreach (var output in work.Step.Outputs)
            {
                DropWhenConsumed(work, output);
            }
        }

        foreach (var node in work.Node.Producers)
        {
            // What was up to date all along was dropped when it was read; should a kill have come before, the end of the run looks.
            if (HasNewBytes(work) || HasNewBytes(_works[node.Index]))
            {
                DropReadBy(work, _works[node.Index]);
            }
        }
    }

    private static bool HasNewBytes(Work work) => work.Outcome is Outcome.Executed or Outcome.Restored;

    private void DropReadBy(Work reader, Work producer)
    {
        if (producer.Node.Step is null || producer.Step.Outputs.All(output => output.Keep == Keep.Always))
        {
            return;
        }

        var read = reader.Step.Inputs.Select(input => input.Source).OfType<InputSource.StepOutput>()
            .Where(source => source.Step == producer.Step.Id).Select(source => source.Output).ToHashSet();
        foreach (var output in producer.Step.Outputs.Where(output => read.Contains(output.Path)))
        {
            DropWhenConsumed(producer, output);
        }
    }

    private void DropWhenConsumed(Work work, Output output)
    {
        if (output.Keep != Keep.Always && work is { Phase: Phase.Settled, IsGood: true } && IsConsumed(work, output))
        {
            DropUnneeded(work, output);
        }
    }

    private void DropUnneeded(Work work, Output output)
    {
        var bytes = work.OutputOf(output.Path).Bytes;
        if (!_bytesInUse.IsNeededBeside(bytes, work.Step.Id, output.Path))
        {
            _gaveUpBytes = true;
            _services.Store.Drop(bytes);
        }
    }

    /// <summary>Drops what a run that was killed had no time to drop.</summary>
    private void DropForgotten()
    {
        foreach (var work in _works.Where(work => work is { Node.Step: not null, Phase: Phase.Settled, IsGood: true }))
        {
            foreach (var output in work.Step.Outputs)
            {
                if ((output.Keep != Keep.Always && IsConsumed(work, output)) || output.Store == StoreAs.InPlace)
                {
                    DropForgotten(work, output);
                }
            }
        }
    }

    private void DropForgotten(Work work, Output output)
    {
        if (_services.Disk.Stat(_services.Store.BlobPath(work.OutputOf(output.Path).Bytes), followLinks: false) is not null)
        {
            DropUnneeded(work, output);
        }
    }

    private bool IsConsumed(Work work, Output output)
    {
        var isRead = false;
        foreach (var dependent in work.Node.Dependents)
        {
            if (dependent.Step is { } reader && Reads(reader, work.Step.Id, output.Path))
            {
                isRead = true;
                if (_works[dependent.Index] is not { Phase: Phase.Settled, IsGood: true })
                {
                    return false;
                }
            }
        }

        return isRead || output.Keep == Keep.Never;
    }

    private static bool Reads(StepInstance reader, StepId producer, ArtifactPath output) =>
        reader.Inputs.Any(input => input.Source is InputSource.StepOutput source && source.Output == output && source.Step == producer);

    /// <summary>Outputs that are published need the store's copy no longer where they are kept in place.</summary>
    private void LeaveInPlace(Work work)
    {
        foreach (var output in work.Step.Outputs.Where(output => output.Store == StoreAs.InPlace))
        {
            _bytesInUse.IsPlaced(work.Step.Id, output.Path, work.OutputOf(output.Path).Bytes);
        }

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
