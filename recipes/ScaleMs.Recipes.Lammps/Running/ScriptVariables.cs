using System.Collections;
using System.Globalization;

namespace ScaleMs.Recipes.Lammps;

/// <summary>Variables of an input script, given as <c>-var name value</c>: <c>{ ["N"] = 4, ["T"] = 1.5, ["SEEDS"] = new[] { 1, 2 } }</c>.</summary>
/// <remarks>In LAMMPS they are of the style <c>index</c>: a script that sets one of them with this style only gives its default. Numbers are written alike in every culture.</remarks>
public sealed class ScriptVariables : IEnumerable<KeyValuePair<string, object>>
{
    private readonly SortedList<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>Sets a variable.</summary>
    /// <param name="name">Its name: letters, digits and <c>_</c>.</param>
    /// <returns>Its value: a number, a text, or a list of them.</returns>
    /// <exception cref="KeyNotFoundException">The variable was not set.</exception>
    public object this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The arguments, in ordinal order of the names.</summary>
    internal IEnumerable<string> Arguments() => _values.SelectMany(variable => (string[])["-var", variable.Key, .. Words(variable.Value)]);

    internal static List<string> Words(object? value) => value switch
    {
        string text => [text],
        IEnumerable list => list.Cast<object?>().SelectMany(Words).ToList(),
        IFormattable number => [number.ToString(null, CultureInfo.InvariantCulture)],
        _ => [value?.ToString() ?? string.Empty],
    };

    internal static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>LAMMPS takes a later word that begins with a minus for the next option.</summary>
    internal static bool IsValue(object? value) => Words(value) is { Count: > 0 } words && words.TrueForAll(word => word.Length > 0) && !words.Skip(1).Any(word => word[0] == '-');
}
