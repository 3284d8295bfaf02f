using ScaleMs.Core.Records;

namespace ScaleMs.Store.Definitions;

/// <summary>The numbers of a null run's looks by their paths: one follows links, one may not. Looks on which more was decided than steps are left out.</summary>
internal sealed class LookNumbers
{
    private const int None = -1;
    private readonly Dictionary<string, (int First, int Second)> _numbers;
    private readonly string _root;

    /// <param name="looks">The looks.</param>
    /// <param name="workspace">The workspace's folder, absolute: below it paths are relative.</param>
    public LookNumbers(IReadOnlyList<Look> looks, string workspace)
    {
        _root = workspace + "/";
        _numbers = new Dictionary<string, (int First, int Second)>(looks.Count, StringComparer.Ordinal);
        for (var i = 0; i < looks.Count; i++)
        {
            if (!looks[i].IsOfAll)
            {
                _numbers[looks[i].Path] = _numbers.TryGetValue(looks[i].Path, out var known) ? (known.First, i) : (i, None);
            }
        }
    }

    /// <summary>Adds the looks at a path.</summary>
    /// <returns>Whether there is one.</returns>
    public bool AddTo(List<int> looks, string path)
    {
        var isSeen = _numbers.TryGetValue(path.StartsWith(_root, StringComparison.Ordinal) ? path[_root.Length..] : path, out var numbers);
        if (isSeen)
        {
            looks.Add(numbers.First);
        }

        if (isSeen && numbers.Second != None)
        {
            looks.Add(numbers.Second);
        }

        return isSeen;
    }
}
