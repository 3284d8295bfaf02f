using ScaleMs.Core.Explaining;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Planning;

/// <summary>Says in words which components of two keys differ, the telling ones first.</summary>
public static partial class KeyDifference
{
    private const string RuleOfInput = "/identity";

    /// <summary>Compares two keys by their components.</summary>
    /// <param name="before">The components of the recorded key.</param>
    /// <param name="now">The components of the present key.</param>
    /// <returns>A phrase for each difference; empty when there is none.</returns>
    public static IReadOnlyList<string> Between(IReadOnlyList<KeyComponent> before, IReadOnlyList<KeyComponent> now) =>
        [.. Changes(before, now).Select(change => change.Text)];

    /// <summary>Compares two keys by their components; notes beside them tell what a text said.</summary>
    /// <param name="before">The components of the recorded key.</param>
    /// <param name="now">The components of the present key.</param>
    /// <returns>The differences, the telling ones first; empty when there is none.</returns>
    public static IReadOnlyList<KeyChange> Changes(IReadOnlyList<KeyComponent> before, IReadOnlyList<KeyComponent> now)
    {
        var (old, present) = (ByName(before), ByName(now));
        var changed = present.Keys.Where(name => old.GetValueOrDefault(name) != present[name])
            .Concat(old.Keys.Where(name => !present.ContainsKey(name)))
            .Where(name => !KeyNote.Is(name))
            .ToList();
        var newOrGone = changed.Where(name => !old.ContainsKey(name) || !present.ContainsKey(name)).ToHashSet(StringComparer.Ordinal);
        return changed
            .Where(name => !IsToldByAnother(name, changed, newOrGone, rule => IsAbsent(old, rule) || IsAbsent(present, rule)) || Fields(name, old, present).Count > 0)
            .OrderBy(Rank, Comparer<int>.Default)
            .ThenBy(name => name, StringComparer.Ordinal)
            .SelectMany(name => Tell(name, old, present))
            .ToList();
    }

    private static Dictionary<string, string> ByName(IReadOnlyList<KeyComponent> components)
    {
        var byName = new Dictionary<string, string>(components.Count, StringComparer.Ordinal);
        foreach (var component in components)
        {
            byName.Add(component.Name, component.Value);
        }

        return byName;
    }

    private static IEnumerable<KeyChange> Tell(string name, Dictionary<string, string> old, Dictionary<string, string> present)
    {
        var (before, now) = (old.GetValueOrDefault(name), present.GetValueOrDefault(name));
        var fields = Fields(name, old, present);
        return fields.Count > 0
            ? fields.Select(text => new KeyChange(KeyNote.TextName(FileOf(name)!), text, before, now))
            : [new KeyChange(name, Value(name, before, now, old, present) ?? Absence(name, old, present) ?? Tree(name, old, present) ?? Compared(name, before, now, present) ?? Say(OptionOf(name, old, present) ?? Subject(name), before, now), before, now)];
    }

    /// <summary>What an edited text says now and said before, where both were noted.</summary>
    private static IReadOnlyList<string> Fields(string name, Dictionary<string, string> old, Dictionary<string, string> present) =>
        FileOf(name) is { } file ? TextFields.Between(KeyNote.TextOf(old, file), KeyNote.TextOf(present, file), SourceOf(file, old, present)) : [];

    /// <summary>That the producer left an input out, or does so no longer.</summary>
    private static string? Absence(string name, Dictionary<string, string> old, Dictionary<string, string> present) =>
        !name.StartsWith("input/", StringComparison.Ordinal) ? null
        : IsAbsent(present, name + RuleOfInput) ? $"{Subject(name)} is left out now"
        : IsAbsent(old, name + RuleOfInput) ? $"{Subject(name)} is no longer left out"
        : null;

    private static bool IsAbsent(Dictionary<string, string> values, string rule) => values.GetValueOrDefault(rule)?.StartsWith(OutputRecord.AbsentRule + "/", StringComparison.Ordinal) == true;

    /// <summary>What differs in a directory whose files were noted.</summary>
    private static string? Tree(string name, Dictionary<string, string> old, Dictionary<string, string> present) =>
        FileOf(name) is { } file ? TreeChanges.Between(KeyNote.TreeOf(old, file), KeyNote.TreeOf(present, file), file) : null;

    /// <summary>What led an input out of its tolerance.</summary>
    private static string? Compared(string name, string? before, string? now, Dictionary<string, string> present) =>
        FileOf(name) is { } file ? KeyNote.DifferenceOf(present, file, before, now) : null;

    /// <summary>A value that fills a placeholder is told with the file that holds the placeholder.</summary>
    private static string? Value(string name, string? before, string? now, Dictionary<string, string> old, Dictionary<string, string> present)
    {
        var slash = name.LastIndexOf('/');
        var isValue = FileOf(name) is { } whole && name.StartsWith("template/", StringComparison.Ordinal) && whole.Contains('/', StringComparison.Ordinal)
            && KeyNote.OriginOf(present, whole) is null && KeyNote.OriginOf(old, whole) is null;
        return isValue && before is not null && now is not null && !IsDigest(before) && !IsDigest(now)
            ? $"{name[(slash + 1)..]} {before} → {now} in {SourceOf(name["template/".Length..slash], old, present)}"
            : null;
    }

    private static string? FileOf(string name) => name.StartsWith("input/", StringComparison.Ordinal) || name.StartsWith("template/", StringComparison.Ordinal)
        ? name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..]
        : null;

    private static string SourceOf(string file, Dictionary<string, string> old, Dictionary<string, string> present) =>
        (KeyNote.OriginOf(present, file) ?? KeyNote.OriginOf(old, file))?.Name ?? file;

    /// <summary>
    /// The parts of something new or gone need not be told beside the whole, nor a rendered template beside the value that changed it,
    /// nor the code's digest beside the callee.
    /// </summary>
    private static bool IsToldByAnother(string name, List<string> changed, HashSet<string> newOrGone, Predicate<string> isAbsence) =>
        Above(name).Any(newOrGone.Contains) || (name.EndsWith(RuleOfInput, StringComparison.Ordinal) && changed.Contains(name[..^RuleOfInput.Length]) && isAbsence(name)) ||
        ((name.StartsWith("template/", StringComparison.Ordinal) || name == "code") && !newOrGone.Contains(name) &&
        changed.Exists(other => other.StartsWith(name + "/", StringComparison.Ordinal)));

    private static IEnumerable<string> Above(string name)
    {
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
        {
            yield return name[..slash];
        }
    }

    private static int Rank(string name) => name.Split('/', '[')[0] switch
    {
        "parameter" or "argument" or "template" => 0,
        "tool" or "site" => 1,
        "command" or "environment" or "secret" or "code" or "function" => 2,
        "input" => 3,
        _ => 4,
    };
}
