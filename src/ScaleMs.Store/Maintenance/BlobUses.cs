using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Maintenance;

/// <summary>Every blob that the records name.</summary>
internal sealed class BlobUses
{
    private readonly Dictionary<Digest, BlobUse> _uses = [];

    /// <summary>The use of each digest.</summary>
    public IReadOnlyDictionary<Digest, BlobUse> All => _uses;

    /// <summary>Reads the records.</summary>
    /// <param name="state">The records.</param>
    /// <param name="keptRuns">How many of the newest runs make their results current; 0 for none.</param>
    public static BlobUses Of(StoreState state, int keptRuns = 0)
    {
        var uses = new BlobUses();
        var roots = new ResultRoots(state, keptRuns);
        foreach (var result in state.Results.Values)
        {
            var isCurrent = roots.Contains(result);
            foreach (var digest in Named(result))
            {
                uses.Use(digest, result.Step).Add(result, isCurrent);
            }
        }

        foreach (var published in state.Published.Values)
        {
            uses.Use(published.Bytes, published.Step).AddPublished(published.Step);
        }

        return uses;
    }

    /// <summary>The digests of a result's bytes: outputs and log.</summary>
    public static IEnumerable<Digest> Named(ActionResult result) =>
        result.Outputs.Select(output => output.Bytes).Append(result.Log).Where(digest => !digest.IsNone).Distinct();

    public BlobUse? Find(Digest digest) => _uses.GetValueOrDefault(digest);

    private BlobUse Use(Digest digest, StepId step)
    {
        if (!_uses.TryGetValue(digest, out var use))
        {
            _uses[digest] = use = new BlobUse(step);
        }

        return use;
    }
}

/// <summary>The results that are not to be missed: those that steps stand at, and those of the newest runs.</summary>
internal sealed class ResultRoots
{
    private readonly HashSet<ActionKey> _keys;
    private readonly HashSet<string> _runs;

    public ResultRoots(StoreState state, int keptRuns)
    {
        _keys = [.. state.Steps.Values.Select(step => step.Key)];
        _runs = state.Runs.OrderByDescending(run => run.StartedAt.UtcTicks).Take(keptRuns).Select(run => run.RunId).ToHashSet(StringComparer.Ordinal);
    }

    public bool Contains(ActionResult result) => _keys.Contains(result.Key) || _runs.Contains(result.RunId);
}
