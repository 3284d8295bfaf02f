namespace ScaleMs.Store.Archives;

/// <summary>A prefix code of deflate (RFC 1951, section 3.2.2), as a table over the next bits.</summary>
internal sealed class HuffmanCode
{
    // A symbol above four bits of its length; 0 where no code begins so.
    private readonly ushort[] _table;

    public HuffmanCode(ReadOnlySpan<byte> lengths)
    {
        Bits = Longest(lengths);
        _table = new ushort[1 << Bits];
        var code = 0;
        for (var length = 1; length <= Bits; length++, code <<= 1)
        {
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    Damage.When(code >= 1 << length);
                    Fill(code++, length, symbol);
                }
            }
        }
    }

    /// <summary>The length of the longest code, 0 to 15.</summary>
    public int Bits { get; }

    public int Entry(ulong bits) => _table[(int)(bits & (ulong)(_table.Length - 1))];

    private static int Longest(ReadOnlySpan<byte> lengths)
    {
        var longest = 0;
        foreach (var length in lengths)
        {
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private void Fill(int code, int length, int symbol)
    {
        for (var at = Reversed(code, length); at < _table.Length; at += 1 << length)
        {
            _table[at] = (ushort)((symbol << 4) | length);
        }
    }

    // Codes stand in the stream with their first bit lowest.
    private static int Reversed(int code, int length)
    {
        var reversed = 0;
        for (var bit = 0; bit < length; bit++)
        {
            reversed = (reversed << 1) | ((code >> bit) & 1);
        }

        return reversed;
    }
}
