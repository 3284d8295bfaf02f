using System.Text.RegularExpressions;

namespace ScaleMs.Core.Identity;

/// <summary>The identity of a text: its lines, with CRLF as LF, without those or the parts that are declared not to count.</summary>
/// <remarks>
/// A missing end of the last line does not count. The patterns stand in the name and so in keys. They are .NET regular expressions without
/// culture and see a line without its end. A pass holds one line at a time.
/// </remarks>
public sealed class TextIdentity : ContentIdentity
{
    private readonly Func<string, string?> _line;

    private TextIdentity(string name, Func<string, string?> line) => (Name, _line) = (name, line);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int Version => 1;

    private LineIdentity Kept => new(Name, Version, _line);

    /// <inheritdoc/>
    public override IContentDigester Start() => Kept.Start();

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Fields(string text) => Kept.Fields(text);

    /// <summary>Leaves out the lines in which a pattern matches, besides what is left out already.</summary>
    /// <param name="pattern">A regular expression, such as <c>^#</c>.</param>
    /// <returns>The rule; it has no shell filter.</returns>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression.</exception>
    public TextIdentity Without(string pattern)
    {
        var matcher = Matcher(pattern);
        return new TextIdentity($"{Name}.without({QuotedText.Of(pattern)})", line => _line(line) is { } kept && !matcher.IsMatch(kept) ? kept : null);
    }

    /// <summary>Puts one blank in the place of each match of a pattern, so that a field counts as there but its value does not.</summary>
    /// <param name="pattern">A regular expression, such as <c>(?&lt;=time = )\S+</c>.</param>
    /// <returns>The rule; it has no shell filter.</returns>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression.</exception>
    public TextIdentity Blanking(string pattern)
    {
        var matcher = Matcher(pattern);
        return new TextIdentity($"{Name}.blanking({QuotedText.Of(pattern)})", line => _line(line) is { } kept ? matcher.Replace(kept, " ") : null);
    }

    // Characters that awk and this engine read alike; a recipe with patterns writes its filter itself.
    internal static TextIdentity Lines() => new("text", line => line) { ShellFilter = "awk '{ sub(/\\r+$/, \"\"); print }'" };

    private static Regex Matcher(string pattern) => new(pattern, RegexOptions.CultureInvariant);
}
