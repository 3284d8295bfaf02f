using ScaleMs.Core.Events;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Comparing;

namespace ScaleMs.Engine.Running;

/// <content>Outputs with a tolerance: what stands for them, and what becomes of it.</content>
internal sealed partial class RunLoop
{
    /// <summary>
    /// What stands for each output of an instance: that of the result that it stands at. What left its tolerance stands for the output from then on,
    /// and what was restored does, so readers are always compared with what they know.
    /// </summary>
    private IReadOnlyList<Representative?> RepresentativesOf(StepInstance step)
    {
        if (!OutputJudge.IsNeeded(step))
        {
            return [];
        }

        var state = _services.Store.State;
        var former = state.Steps.TryGetValue(step.Id, out var stands) ? state.Results.GetValueOrDefault(stands.Key) : null;
        return [.. step.Outputs.Select(output => former is not null && output.Identity is OutputIdentity.Tolerance ? RepresentativeOf(step, former, output) : null)];
    }

    private Representative? RepresentativeOf(StepInstance step, ActionResult former, Output output)
    {
        if (former.Representative(output) is not { IsNone: false } bytes)
        {
            return null;
        }

        var record = former.OutputAt(output.Path);
        return new Representative(bytes, _services.Inspector.PlaceOf(step, record with { Bytes = bytes }), record.Bytes == bytes ? record.Length : null);
    }

    /// <summary>Bytes that stand for an output may have been given up while the step ran: then what it made stands for it.</summary>
    private ActionResult WithBytes(ActionResult result, string directory) => !result.Outputs.Any(IsLost)
        ? result
        : result with { Outputs = [.. result.Outputs.Select(output => IsLost(output) ? AsMade(output, Path.Combine(directory, "files", output.Path.Value)) : output)] };

    private bool IsLost(OutputRecord output) => output.Compared is { IsWithin: true } && !_services.Store.HasBlob(output.Bytes);

    private OutputRecord AsMade(OutputRecord output, string file)
    {
        if (_services.Disk.Stat(file, followLinks: false) is not { IsFile: true })
        {
            return output;
        }

        var made = _services.Store.Put(file);
        return output with { Bytes = made.Bytes, Length = made.Length, Identity = made.Bytes, Compared = OutputJudge.Lost(output, made.Bytes) };
    }

    /// <summary>Readers are told by their own reasons; a file that only people read has none.</summary>
    private void TellWhatLeftItsTolerance(ActionResult result)
    {
        foreach (var output in result.Outputs)
        {
            if (output.Compared is { IsWithin: false } compared)
            {
                Tell(new RunEvent.Noticed(Now(), "tolerance-left", $"{result.Step}: {compared.Difference}; {(result.IsContinued ? "it is not compared with, for it was continued from a checkpoint" : "it stands for the output from now on")}"));
            }
        }
    }
}
