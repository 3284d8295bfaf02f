using ScaleMs.Core.Model;

namespace ScaleMs.Store.Snapshots;

/// <summary>The paths and instances of an index, each kept once: several records name each, and most are those of declared steps.</summary>
internal sealed class KnownNames
{
    /// <summary>A member of more instances than this is rare, and then some are kept twice.</summary>
    private const int MostOfOneName = 16;
    private readonly HashSet<StepId> _declared;
    private readonly Dictionary<string, ArtifactPath> _declaredPaths;
    private ArtifactPath?[] _paths = [];
    private StepId[]?[] _steps = [];

    /// <param name="declared">Steps whose names are taken instead of new ones.</param>
    public KnownNames(IReadOnlyList<StepInstance> declared)
    {
        _declared = new HashSet<StepId>(declared.Count);
        _declaredPaths = new Dictionary<string, ArtifactPath>(declared.Count, StringComparer.Ordinal);
        for (var i = 0; i < declared.Count; i++)
        {
            _declared.Add(declared[i].Id);
            Take(declared[i].Outputs);
        }
    }

    public ArtifactPath Path(BinarySource source)
    {
        var number = source.TextNumber();
        return At(ref _paths, number) ??= PathOf(source.TextAt(number));
    }

    /// <summary>A text that is mostly one of the paths.</summary>
    public string Text(BinarySource source)
    {
        var text = source.Text();
        return _declaredPaths.TryGetValue(text, out var path) ? path.Value : text;
    }

    public StepId Step(BinarySource source)
    {
        var (task, step, number) = (source.Text(), source.TextNumber(), source.TextNumber());
        return Step(task, source.TextAt(step), source.TextAt(number), source.TextAt(number).Length == 0 ? step : number);
    }

    private StepId Step(string task, string step, string member, int number)
    {
        ref var known = ref At(ref _steps, number);
        foreach (var id in known ?? [])
        {
            if (id.Task == task && id.Step == step && id.Member == member)
            {
                return id;
            }
        }

        var added = new StepId(task, step, member);
        added = _declared.TryGetValue(added, out var declared) ? declared : added;
        known = known is null ? [added] : known.Length < MostOfOneName ? [.. known, added] : known;
        return added;
    }

    private void Take(IReadOnlyList<Output> outputs)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            _declaredPaths.TryAdd(outputs[i].Path.Value, outputs[i].Path);
            if (outputs[i].PublishTo is { } published)
            {
                _declaredPaths.TryAdd(published.Value, published);
            }
        }
    }

    private ArtifactPath PathOf(string text) => _declaredPaths.TryGetValue(text, out var path) ? path : ArtifactPath.Parse(text);

    private static ref T? At<T>(ref T?[] all, int number)
        where T : class
    {
        if (number >= all.Length)
        {
            Array.Resize(ref all, Math.Max(number + 1, 2 * all.Length));
        }

        return ref all[number];
    }
}
