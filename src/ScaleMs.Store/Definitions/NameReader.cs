using System.Globalization;
using System.Text;

namespace ScaleMs.Store.Definitions;

/// <summary>Reads a rule's name from its beginning: words, quoted texts and numbers.</summary>
/// <exception cref="Core.Ports.StoreException">From every method that takes something: it is not there.</exception>
internal sealed class NameReader(string name)
{
    private int _at;

    public bool IsAtEnd => _at == name.Length;

    public bool IsAtQuote => name.AsSpan(_at).StartsWith('"');

    /// <summary>Takes a word where there is one.</summary>
    public bool Takes(string word)
    {
        var isThere = name.AsSpan(_at).StartsWith(word, StringComparison.Ordinal);
        _at += isThere ? word.Length : 0;
        return isThere;
    }

    public void Take(string word)
    {
        if (!Takes(word))
        {
            throw Unexpected();
        }
    }

    /// <summary>A text as <c>QuotedText</c> of the identities writes it.</summary>
    public string Quoted()
    {
        Take("\"");
        var text = new StringBuilder();
        while (!Takes("\""))
        {
            text.Append(Takes("\\") ? Escaped(Next()) : Next());
        }

        return text.ToString();
    }

    public double Number()
    {
        var length = name.AsSpan(_at).IndexOfAny("|;)=");
        if (length < 0 || !double.TryParse(name.AsSpan(_at, length), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw Unexpected();
        }

        _at += length;
        return number;
    }

    private static char Escaped(char letter) => letter switch { 'r' => '\r', 'n' => '\n', _ => letter };

    private char Next() => IsAtEnd ? throw Unexpected() : name[_at++];

    private Core.Ports.StoreException Unexpected() => PartCodec.Damage($"'{name}' is no name of a rule, from character {_at + 1} on");
}
