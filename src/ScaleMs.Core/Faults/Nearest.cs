namespace ScaleMs.Core.Faults;

/// <summary>Finds the name that a misspelt one probably meant.</summary>
public static class Nearest
{
    /// <summary>The nearest of some names.</summary>
    /// <param name="name">The name as it was written.</param>
    /// <param name="known">The names there are.</param>
    /// <returns>The nearest by edit distance without regard to case, or null when none is near (over a third of the length away).</returns>
    public static string? To(string name, IEnumerable<string> known)
    {
        var best = known
            .Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.distance, Comparer<int>.Default)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.candidate is not null && best.distance <= Math.Max(1, Math.Max(name.Length, best.candidate.Length) / 3) ? best.candidate : null;
    }

    /// <summary>The nearest of some names, the best first.</summary>
    /// <param name="name">The name as it was written.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="most">How many are wanted at most.</param>
    /// <returns>Those that <see cref="To"/> would count as near.</returns>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known, int most)
    {
        var near = new List<string>();
        var left = known.Distinct(StringComparer.Ordinal).ToList();
        while (near.Count < most && To(name, left) is { } next)
        {
            near.Add(next);
            left.Remove(next);
        }

        return near;
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
