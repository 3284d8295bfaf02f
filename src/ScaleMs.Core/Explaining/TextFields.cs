using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Explaining;

/// <summary>The names and values that a small text holds, in the form in which they are noted beside a key, and how two of them differ.</summary>
public static class TextFields
{
    /// <summary>Texts with more fields are told apart by digest only.</summary>
    public const int Most = 64;

    /// <summary>Longer names and values are noted as their digest.</summary>
    public const int Longest = 80;

    private const char Tab = '\t';

    /// <summary>Notes fields: a line each.</summary>
    /// <param name="fields">The fields in the order of the text; a line without a name has an empty one.</param>
    /// <returns>The noted form; null when there are too many.</returns>
    public static string? Write(IReadOnlyList<KeyValuePair<string, string>>? fields) =>
        fields is null || fields.Count > Most ? null : string.Join('\n', fields.Select(field => $"{Short(field.Key)}{Tab}{Short(field.Value)}"));

    /// <summary>How two noted texts differ.</summary>
    /// <param name="before">The former one; null when it was not noted.</param>
    /// <param name="now">The present one; null when it was not noted.</param>
    /// <param name="file">What the file is called.</param>
    /// <returns>A phrase for each difference; none when only the order of the fields differs, or one is not known.</returns>
    internal static IReadOnlyList<string> Between(string? before, string? now, string file)
    {
        if (before is null || now is null)
        {
            return [];
        }

        var (gone, added) = (Read(before), Read(now));
        foreach (var field in gone.Where(field => added.Remove(field)).ToList())
        {
            gone.Remove(field);
        }

        return [.. gone.Select(field => Tell(field, added, file)).ToList(), .. added.Select(field => $"{Whole(field)} is new in {file}")];
    }

    private static string Tell(Field field, List<Field> added, string file)
    {
        if (added.Find(other => other.Name == field.Name) is not { } other)
        {
            return $"{Whole(field)} is gone from {file}";
        }

        added.Remove(other);
        return field.Name.Length == 0 ? $"'{field.Value}' → '{other.Value}' in {file}" : $"{field.Name} {field.Value} → {other.Value} in {file}";
    }

    private static string Whole(Field field) => field.Name.Length == 0 ? $"'{field.Value}'" : $"{field.Name} = {field.Value}";

    private static List<Field> Read(string noted) => [.. noted.Split('\n').Select(line => line.Split(Tab, 2)).Where(parts => parts.Length == 2).Select(parts => new Field(parts[0], parts[1]))];

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace(Tab, ' ');
        return line.Length <= Longest ? line : Digest.OfText(line).Brief;
    }

    private sealed record Field(string Name, string Value);
}
