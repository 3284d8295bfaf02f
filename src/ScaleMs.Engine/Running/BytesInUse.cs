using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>Knows which outputs share their bytes: what one output gives up, another may still need.</summary>
/// <remarks>Built when it is first asked: most workflows keep everything. It errs on the side of keeping. For the run loop's thread.</remarks>
internal sealed class BytesInUse(StoreState state)
{
    private Dictionary<Digest, Use>? _uses;

    /// <summary>Whether an output other than this one has these bytes, in the result that its instance stands at.</summary>
    public bool IsNeededBeside(Digest digest, StepId step, ArtifactPath path) =>
        (_uses ??= Count()).TryGetValue(digest, out var use) && (use.IsSeveral || use.Step != step || use.Path != path);

    /// <summary>An instance has this result now.</summary>
    public void Take(StepId step, ActionResult result)
    {
        if (_uses is not null)
        {
            Add(_uses, step, result);
        }
    }

    private Dictionary<Digest, Use> Count()
    {
        var uses = new Dictionary<Digest, Use>();
        foreach (var step in state.Steps.Values)
        {
            if (state.Results.TryGetValue(step.Key, out var result))
            {
                Add(uses, step.Step, result);
            }
        }

        return uses;
    }

    private static void Add(Dictionary<Digest, Use> uses, StepId step, ActionResult result)
    {
        foreach (var output in result.Outputs)
        {
            var isOther = uses.TryGetValue(output.Bytes, out var known) && (known.IsSeveral || known.Step != step || known.Path != output.Path);
            uses[output.Bytes] = new Use(step, output.Path, isOther);
        }
    }

    private readonly record struct Use(StepId Step, ArtifactPath Path, bool IsSeveral);
}
