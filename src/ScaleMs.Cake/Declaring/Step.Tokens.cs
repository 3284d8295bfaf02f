namespace ScaleMs;

/// <content>Named tokens: licences, and whatever else only so many steps may have at once.</content>
public sealed partial class Step
{
    private Dictionary<string, int>? _tokens;

    /// <summary>Says that the step holds tokens of a name while it runs; not in the key.</summary>
    /// <param name="name">The name, such as <c>licence</c>; how many there are says <c>--tokens licence=2</c>, without which there is no limit.</param>
    /// <param name="count">How many, at least 1; the last word on a name counts.</param>
    /// <returns>This step.</returns>
    /// <exception cref="ArgumentException">The name is empty, or holds a blank, a comma or an equals sign.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public Step Token(string name, int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!TokenList.IsName(name))
        {
            throw new ArgumentException($"'{name}' cannot be the name of a token: it is a word without blanks, commas and equals signs.", nameof(name));
        }

        (_tokens ??= new Dictionary<string, int>(StringComparer.Ordinal))[name] = count;
        return this;
    }
}
