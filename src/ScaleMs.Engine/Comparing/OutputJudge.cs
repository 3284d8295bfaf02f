using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Comparing;

/// <summary>
/// Judges the outputs of a finished attempt that have a tolerance or a filter, before any of them is taken. Changes nothing but that bytes that stand for one are in the store.
/// </summary>
internal sealed class OutputJudge(IDisk disk, IFileStore store, FilterRunner filters)
{
    private const string Gone = "the bytes that stood for it are gone, so there was nothing to compare with";

    /// <summary>Whether a step has such outputs.</summary>
    public static bool IsNeeded(StepInstance step)
    {
        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (step.Outputs[i].Identity is OutputIdentity.Tolerance or OutputIdentity.Filtered)
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
    /// <param name="cancellation">Ends filters.</param>
    /// <returns>One for each output of the declaration, null for those that are none of these; up to the first that fails.</returns>
    public async Task<List<JudgedOutput?>> JudgeAsync(ExecutionRequest request, string files, bool isContinued, CancellationToken cancellation)
    {
        var judged = new List<JudgedOutput?>(request.Step.Outputs.Count);
        for (var i = 0; i < request.Step.Outputs.Count && judged.LastOrDefault()?.Failure is null; i++)
        {
            var output = request.Step.Outputs[i];
            var made = new MadeOutput(request, output, Path.Combine(files, output.Path.Value), Path.Combine(request.Directory, $"filter-{i}"), isContinued, cancellation);
            judged.Add(disk.Stat(made.File) is null ? null : output.Identity switch
            {
                OutputIdentity.Tolerance tolerance => await JudgeAsync(made, tolerance.Rule, request.Representatives[i]).ConfigureAwait(false),
                OutputIdentity.Filtered filtered => await IdentifyAsync(made, filtered).ConfigureAwait(false),
                _ => null,
            });
        }

        return judged;
    }

    private async Task<JudgedOutput> IdentifyAsync(MadeOutput made, OutputIdentity.Filtered identity)
    {
        using var sink = new DigestSink();
        var order = made.Order(identity.Filter, made.File, "made");
        var end = await filters.RunAsync(order, sink, made.Cancellation).ConfigureAwait(false);
        return new JudgedOutput { Identity = sink.Digest, RuleName = identity.NameBy(FilterRunner.ToolOf(order).Fingerprint), Failure = end.Failure, LeftNobody = end.LeftNobody };
    }

    private async Task<JudgedOutput> JudgeAsync(MadeOutput made, ToleranceIdentity rule, Representative? representative)
    {
        var bytes = representative is null ? default : disk.Hash(made.File, []).Bytes;
        if (representative?.Bytes == bytes)
        {
            return made.IsContinued ? new JudgedOutput { Compared = new ComparedOutput(bytes, bytes, string.Empty) } : JudgedOutput.AsMade;
        }

        var kept = representative is null ? null : Kept(representative);
        var check = new TableCheck(rule, made.Output.Path);
        var lines = Lines(made, rule, made.File, "made");
        var verdict = kept is null ? await check.AloneAsync(lines).ConfigureAwait(false)
            : await check.BesideAsync(Lines(made, rule, store.BlobPath(kept.Value.Bytes), "former"), lines).ConfigureAwait(false);
        var difference = kept is null ? $"{made.Output.Path.FileName}: {Gone}" : verdict.Difference ?? string.Empty;
        return new JudgedOutput
        {
            Compared = representative is null ? null : new ComparedOutput(representative.Bytes, bytes, difference),
            Kept = difference.Length == 0 ? kept : null,
            Failure = verdict.Failure,
            LeftNobody = verdict.LeftNobody,
        };
    }

    private TableLines Lines(MadeOutput made, ToleranceIdentity rule, string file, string name) => rule.Filter is { } filter
        ? new TableLines.OfFilter(filters, made.Order(filter, file, name), made.Cancellation)
        : new TableLines.OfFile(disk, file);

    /// <summary>The bytes that stand for an output, in the store. What it does not answer for is read whole before anything relies on it: what was edited, or is gone by now, stands for nothing.</summary>
    private StoredBlob? Kept(Representative representative)
    {
        if (representative.Length is { } length && store.HasBlob(representative.Bytes))
        {
            return new StoredBlob(representative.Bytes, length, representative.Bytes);
        }

        if (representative.Place is not { } place || (!place.ToBring.IsNone && !store.Bring(place.ToBring)) || disk.Stat(place.Place) is null)
        {
            return null;
        }

        var blob = store.Put(place.Place);
        return blob.Bytes == representative.Bytes ? blob : null;
    }

    private sealed record MadeOutput(ExecutionRequest Request, Output Output, string File, string Directory, bool IsContinued, CancellationToken Cancellation)
    {
        public FilterOrder Order(FilterCommand filter, string file, string name) => new(Request, filter, Output, file, Path.Combine(Directory, name));
    }
}
