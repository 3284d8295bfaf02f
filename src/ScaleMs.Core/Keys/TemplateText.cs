using System.Text.RegularExpressions;

namespace ScaleMs.Core.Keys;

/// <summary>Fills the <c>@Name@</c> placeholders of a template; names are compared without regard to case.</summary>
public static partial class TemplateText
{
    /// <summary>Fills a template.</summary>
    /// <param name="text">The template's text.</param>
    /// <param name="values">The values by name.</param>
    /// <param name="problem">What is wrong: two values of one name, a placeholder without a value, or a value without a placeholder; null when nothing is.</param>
    /// <returns>The text with every placeholder filled; the text as it was when there is a problem.</returns>
    public static string Render(string text, IReadOnlyList<KeyValuePair<string, string>> values, out string? problem)
    {
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values)
        {
            if (!byName.TryAdd(name, value))
            {
                problem = $"has two values for '{name}'";
                return text;
            }
        }

        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var filled = Placeholder().Replace(text, match => Fill(match, byName, used, missing));
        var unused = byName.Keys.Where(name => !used.Contains(name)).Order(StringComparer.Ordinal).ToList();
        problem = missing.Count > 0 ? $"has no value for {Names(missing)}" : unused.Count > 0 ? $"does not use {Names(unused)}" : null;
        return problem is null ? filled : text;
    }

    private static string Fill(Match match, Dictionary<string, string> values, HashSet<string> used, SortedSet<string> missing)
    {
        var name = match.Groups[1].Value;
        if (values.TryGetValue(name, out var value))
        {
            used.Add(name);
            return value;
        }

        missing.Add(name);
        return match.Value;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    [GeneratedRegex("@([A-Za-z_][A-Za-z0-9_]*)@", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
