namespace ScaleMs;

/// <summary>Words that many commands have in common, each kept once: a table of thousands of rows brings them anew with each row.</summary>
internal sealed class KnownWords
{
    /// <summary>Options and small numbers; whatever is longer, or comes after so many, is mostly a step's own.</summary>
    private const int Longest = 24;
    private const int Most = 1024;
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    public string Known(string word)
    {
        if (word is null || word.Length > Longest || (!_words.TryGetValue(word, out var known) && _words.Count >= Most))
        {
            return word!;
        }

        _words.Add(known ?? word);
        return known ?? word;
    }
}
