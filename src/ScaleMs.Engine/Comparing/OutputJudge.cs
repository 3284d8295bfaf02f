using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Comparing;

/// <summary>Judges the outputs of a finished attempt that have a tolerance, before any of them is taken. Changes nothing but that bytes that stand for one are in the store.</summary>
internal sealed class OutputJudge(IDisk disk, IFileStore store)
{
    private const string Gone = "the bytes that stood for it are gone, so there was nothing to compare with";

    /// <summary>Whether a step has such outputs.</summary>
    public static bool IsNeeded(StepInstance step)
    {
        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (step.Outputs[i].Identity is OutputIdentity.Tolerance)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How an output was compared whose representative was lost after that.</summary>
    public static ComparedOutput? Lost(OutputRecord output, Digest made) => output.Compared!.Former == made ? null : new ComparedOutput(output.Compared.Former, made, $"{output.Path.FileName}: {Gone}");

    /// <summary>Judges them.</summary>
    /// <param name="request">The attempt.</param>
    /// <param name="files">Its private directory, where all outputs were found.</param>
    /// <param name="isContinued">Whether it went on from a checkpoint.</param>
    /// <returns>One for each output of the declaration, null for those that are none of these; up to the first that fails.</returns>
    public List<JudgedOutput?> Judge(ExecutionRequest request, string files, bool isContinued)
    {
        var judged = new List<JudgedOutput?>(request.Step.Outputs.Count);
        for (var i = 0; i < request.Step.Outputs.Count && judged.LastOrDefault()?.Failure is null; i++)
        {
            var output = request.Step.Outputs[i];
            var file = Path.Combine(files, output.Path.Value);
            judged.Add(output.Identity is OutputIdentity.Tolerance tolerance && disk.Stat(file) is not null
                ? Judge(new TableFile(disk, tolerance.Rule, output.Path, file), request.Representatives[i], isContinued)
                : null);
        }

        return judged;
    }

    private JudgedOutput Judge(TableFile made, Representative? representative, bool isContinued)
    {
        if (made.Problem() is { } problem)
        {
            return new JudgedOutput { Failure = new Failure(FailureClass.OutputMissing, $"output '{made.Output}' {problem}") };
        }

        if (representative is null)
        {
            return JudgedOutput.AsMade;
        }

        var bytes = disk.Hash(made.File, []).Bytes;
        if (bytes == representative.Bytes)
        {
            return isContinued ? new JudgedOutput { Compared = new ComparedOutput(bytes, bytes, string.Empty) } : JudgedOutput.AsMade;
        }

        var kept = Kept(representative);
        var difference = kept is null ? $"{made.Name}: {Gone}" : made.DifferenceFrom(store.BlobPath(representative.Bytes)) ?? string.Empty;
        return new JudgedOutput { Compared = new ComparedOutput(representative.Bytes, bytes, difference), Kept = difference.Length == 0 ? kept : null };
    }

    /// <summary>Reads all of the bytes before anything relies on them: what was edited, or is gone by now, stands for nothing.</summary>
    private StoredBlob? Kept(Representative representative)
    {
        if (representative.Place is not { } place || (!place.ToBring.IsNone && !store.Bring(place.ToBring)) || disk.Stat(place.Place) is null)
        {
            return null;
        }

        var blob = store.Put(place.Place);
        return blob.Bytes == representative.Bytes ? blob : null;
    }
}
