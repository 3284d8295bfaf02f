using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Definitions;

/// <summary>The numbers of a null run's looks at what steps read and publish: one look at a path follows links, one may not. Looks on which more was decided than steps are left out.</summary>
internal sealed class LookNumbers
{
    private const int None = -1;
    private readonly Dictionary<string, Numbers> _numbers = new(StringComparer.Ordinal);
    private readonly string _root;

    /// <param name="steps">The steps, whose paths are held as they have them.</param>
    /// <param name="looks">The looks, told one by one.</param>
    /// <param name="workspace">The workspace's folder, absolute: below it looks have relative paths.</param>
    public LookNumbers(IReadOnlyList<StepInstance> steps, IEnumerable<Look> looks, string workspace)
    {
        _root = workspace + "/";
        _numbers.EnsureCapacity(steps.Count);
        foreach (var step in steps)
        {
            Expect(step);
        }

        var number = 0;
        foreach (var look in looks)
        {
            if (!look.IsOfAll && _numbers.TryGetValue(look.Path, out var known))
            {
                _numbers[look.Path] = known.First == None ? known with { First = number } : known with { Second = number };
            }

            number++;
        }
    }

    /// <summary>Whether a file that one step publishes is a source of another's, which names it otherwise: the run that makes it anew would have to reach that too.</summary>
    public bool IsAnyReadAndPublished { get; private set; }

    /// <summary>Adds the looks at a path.</summary>
    /// <returns>Whether there is one.</returns>
    public bool AddTo(List<int> looks, string path)
    {
        var (first, second, _) = _numbers[Relative(path)];
        if (first != None)
        {
            looks.Add(first);
        }

        if (second != None)
        {
            looks.Add(second);
        }

        return first != None;
    }

    private void Expect(StepInstance step)
    {
        foreach (var path in step.SourcePaths())
        {
            Expect(Relative(path), isPublished: false);
        }

        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (step.Outputs[i].PublishTo is { } published)
            {
                Expect(published.Value, isPublished: true);
            }
        }
    }

    private void Expect(string path, bool isPublished) =>
        IsAnyReadAndPublished |= !_numbers.TryAdd(path, new Numbers(None, None, isPublished)) && _numbers[path].IsPublished != isPublished;

    private string Relative(string path) => path.StartsWith(_root, StringComparison.Ordinal) ? path[_root.Length..] : path;

    private readonly record struct Numbers(int First, int Second, bool IsPublished);
}
