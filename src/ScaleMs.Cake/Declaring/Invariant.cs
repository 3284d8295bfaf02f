using System.Globalization;

namespace ScaleMs;

/// <summary>Writes values the same way on every machine.</summary>
internal static class Invariant
{
    public static string Text(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    /// <summary>The public properties of an object by name, in ordinal order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pairs(object values) => values.GetType().GetProperties()
        .Where(property => property.GetIndexParameters().Length == 0)
        .Select(property => KeyValuePair.Create(property.Name, Text(property.GetValue(values))))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .ToList();
}
