using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Engine.Running;

/// <content>How long bytes are kept.</content>
internal sealed partial class RunLoop
{
    private readonly BytesInUse _bytesInUse;

    /// <summary>Drops what nobody needs any more now that this instance is settled: outputs it read, and its own without a reader.</summary>
    private void DropConsumed(Work work)
    {
        if (work.Node.Step is null || work.Outcome is not (Outcome.Executed or Outcome.Restored))
        {
            return;
        }

        DropConsumedOutputs(work);
        foreach (var producer in work.Node.Producers)
        {
            DropConsumedOutputs(_works[producer.Index]);
        }
    }

    private void DropConsumedOutputs(Work work)
    {
        foreach (var output in work.Step.Outputs)
        {
            if (output.Keep != Keep.Always && work is { Phase: Phase.Settled, IsGood: true } && IsConsumed(work, output))
            {
                var bytes = work.OutputOf(output.Path).Bytes;
                if (!_bytesInUse.IsNeededBeside(bytes, work.Step.Id, output.Path))
                {
                    _services.Store.Drop(bytes);
                }
            }
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
}
