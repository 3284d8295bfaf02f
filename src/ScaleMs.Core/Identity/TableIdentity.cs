namespace ScaleMs.Core.Identity;

/// <summary>The identity of a delimited table with a line of names: its records without the named columns.</summary>
/// <remarks>
/// Fields may be quoted as in RFC 4180, also over several lines. CRLF counts as LF outside of quotes, the end of the last record does not count.
/// A column that a table does not have is not missed; a field beyond the names counts. A pass holds no more than the line of names.
/// </remarks>
public sealed class TableIdentity : ContentIdentity
{
    private readonly byte _delimiter;
    private readonly SortedSet<string> _without;

    /// <summary>Makes the rule.</summary>
    /// <param name="delimiter">An ASCII character that is no quote and no line end, such as <c>,</c> or a tabulator.</param>
    /// <param name="without">The names of the columns that do not count, as in the table without quotes and outer blanks.</param>
    /// <exception cref="ArgumentException"><paramref name="delimiter"/> is none, or no column is named.</exception>
    public TableIdentity(char delimiter, params string[] without)
    {
        ArgumentNullException.ThrowIfNull(without);
        if (!char.IsAscii(delimiter) || delimiter is '"' or '\r' or '\n')
        {
            throw new ArgumentException("A delimiter is an ASCII character other than a quote and a line end.", nameof(delimiter));
        }

        if (without.Length == 0)
        {
            throw new ArgumentException("Name a column that does not count, or use the text identity.", nameof(without));
        }

        _delimiter = (byte)delimiter;
        _without = new SortedSet<string>(without, StringComparer.Ordinal);
        Name = $"table({QuotedText.Of(delimiter.ToString())}).without({string.Join(',', _without.Select(QuotedText.Of))})";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override IContentDigester Start() => new TableDigester(_delimiter, _without);
}
