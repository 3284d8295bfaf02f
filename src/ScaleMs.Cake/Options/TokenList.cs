using System.Globalization;

namespace ScaleMs;

/// <summary>Reads counts of named tokens, such as <c>licence=2,disk=4</c>.</summary>
internal static class TokenList
{
    /// <summary>Whether a text can name a token.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Any(letter => letter is ',' or '=' || char.IsWhiteSpace(letter));

    /// <summary>Adds the tokens of a text to those of others; the last word on a name counts.</summary>
    /// <returns>Whether the text is a list of tokens.</returns>
    public static bool TryAdd(string text, Dictionary<string, int> tokens)
    {
        foreach (var part in text.Split(','))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !IsName(part[..equals]) || !int.TryParse(part[(equals + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            {
                return false;
            }

            tokens[part[..equals]] = count;
        }

        return true;
    }
}
