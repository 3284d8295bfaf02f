using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>Knows which outputs and logs need the store's copy of their bytes: what one gives up, another may still need.</summary>
/// <remarks>
/// Built when it is first asked: most workflows keep everything. It errs on the side of keeping. For the run loop's thread, but for
/// <see cref="WhileUnneeded{T}"/>.
/// </remarks>
/// <param name="state">The records.</param>
/// <param name="isInPlace">Whether an output has its bytes at its published path, so that it needs none of the store's once it is there.</param>
internal sealed class BytesInUse(StoreState state, Func<StepId, ArtifactPath, bool> isInPlace)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StepId, ActionResult> _early = [];
    private Dictionary<Digest, List<Use>>? _uses;

    /// <summary>An output needs the store's copy no longer: it has its bytes where it is published, or nobody can ask for them.</summary>
    /// <returns>Whether no other output needs it either, so that it may go.</returns>
    public bool GiveUp(Digest digest, StepId step, ArtifactPath path)
    {
        Prepare();
        lock (_gate)
        {
            if (!_uses!.TryGetValue(digest, out var uses))
            {
                return true;
            }

            uses.Remove(new Use(step, path));
            return uses.Count == 0;
        }
    }

    /// <summary>Reads the records, so that other threads may ask.</summary>
    public void Prepare() => _uses ??= Count();

    /// <summary>Whether another output needs these bytes. From any thread; false when not prepared.</summary>
    public bool IsNeededBeside(Digest digest, StepId step, ArtifactPath path)
    {
        lock (_gate)
        {
            return _uses is not null && IsNeeded(digest, new Use(step, path));
        }
    }

    /// <summary>Gives bytes up, unless another output needs them; none comes to need them meanwhile. From any thread, when prepared.</summary>
    /// <param name="digest">The bytes.</param>
    /// <param name="step">Whose output they are.</param>
    /// <param name="path">Which one.</param>
    /// <param name="giveUp">Gives them up; short, for the run loop may wait for it.</param>
    /// <returns>What it returned; nothing when it was not called.</returns>
    public T? WhileUnneeded<T>(Digest digest, StepId step, ArtifactPath path, Func<T?> giveUp)
    {
        lock (_gate)
        {
            return IsNeeded(digest, new Use(step, path)) ? default : giveUp();
        }
    }

    /// <summary>An instance has this result now, and no longer the one that it stood at.</summary>
    public void Take(StepId step, ActionResult result)
    {
        lock (_gate)
        {
            if (_uses is null)
            {
                _early[step] = result;
            }
            else
            {
                TakeInstead(_uses, step, result);
            }
        }
    }

    /// <summary>An instance's state says which result it has: the records tell of it from now on.</summary>
    public void Stands(StepId step)
    {
        lock (_gate)
        {
            _early.Remove(step);
        }
    }

    private bool IsNeeded(Digest digest, Use by) => _uses!.TryGetValue(digest, out var uses) && uses.Exists(use => use != by);

    private Dictionary<Digest, List<Use>> Count()
    {
        var uses = new Dictionary<Digest, List<Use>>();
        foreach (var step in state.Steps.Values)
        {
            if (state.Results.TryGetValue(step.Key, out var result))
            {
                Add(uses, step.Step, result, path => !isInPlace(step.Step, path));
            }
        }

        // Instances stand at these only when they are published.
        foreach (var (step, result) in _early)
        {
            TakeInstead(uses, step, result);
        }

        return uses;
    }

    private void TakeInstead(Dictionary<Digest, List<Use>> uses, StepId step, ActionResult result)
    {
        if (state.Steps.TryGetValue(step, out var stood) && state.Results.TryGetValue(stood.Key, out var former))
        {
            former.Outputs.Select(output => output.Bytes).Append(former.Log).ToList().ForEach(digest => uses.GetValueOrDefault(digest)?.RemoveAll(use => use.Step == step));
        }

        Add(uses, step, result, _ => true);
    }

    private static void Add(Dictionary<Digest, List<Use>> uses, StepId step, ActionResult result, Predicate<ArtifactPath> needs)
    {
        foreach (var output in result.Outputs.Where(output => needs(output.Path)))
        {
            Add(uses, output.Bytes, new Use(step, output.Path));
        }

        Add(uses, result.Log, new Use(step, null));
    }

    private static void Add(Dictionary<Digest, List<Use>> uses, Digest digest, Use use)
    {
        if (!uses.TryGetValue(digest, out var known))
        {
            uses[digest] = known = [];
        }

        if (!known.Contains(use))
        {
            known.Add(use);
        }
    }

    /// <param name="Step">The instance.</param>
    /// <param name="Path">Its output; null for its log.</param>
    private sealed record Use(StepId Step, ArtifactPath? Path);
}
