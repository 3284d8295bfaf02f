namespace ScaleMs.Store.Archives;

/// <summary>Unpacks one deflated member (RFC 1951) and ends at its very last byte.</summary>
/// <remarks>The framework's own does not tell where a member ended. Callers compare the check sum of what comes out.</remarks>
internal sealed class Inflater(PackedBytes bytes, Unpacking target)
{
    private const int EndOfBlock = 256;
    private static readonly int[] LengthFrom = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly int[] LengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static readonly int[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private static readonly HuffmanCode FixedSymbols = new(FixedLengths());
    private static readonly HuffmanCode FixedDistances = new(Enumerable.Repeat((byte)5, 30).ToArray());

    private readonly PackedBits _bits = new(bytes);
    private readonly byte[] _window = new byte[1 << 16];
    private int _at;
    private long _length;

    public void Run()
    {
        var isLast = false;
        while (!isLast)
        {
            isLast = _bits.Take(1) == 1;
            ReadBlock(_bits.Take(2));
        }

        target.Pass(_window.AsSpan(0, _at));
    }

    private static byte[] FixedLengths() =>
        [.. Enumerable.Range(0, 288).Select(symbol => (byte)(symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8))];

    private void ReadBlock(int kind)
    {
        Damage.When(kind == 3);
        if (kind == 0)
        {
            CopyStored();
        }
        else if (kind == 1)
        {
            ReadSymbols(FixedSymbols, FixedDistances);
        }
        else
        {
            ReadDynamic();
        }
    }

    private void CopyStored()
    {
        _bits.DropToByte();
        var count = bytes.Word();
        Damage.When(count != (bytes.Word() ^ 0xFFFF));
        for (; count > 0; count--)
        {
            Put(bytes.Byte());
        }
    }

    private void ReadDynamic()
    {
        var symbols = _bits.Take(5) + 257;
        var distances = _bits.Take(5) + 1;
        var lengths = ReadLengths(ReadLengthCode(_bits.Take(4) + 4), symbols + distances);
        ReadSymbols(new HuffmanCode(lengths.AsSpan(0, symbols)), new HuffmanCode(lengths.AsSpan(symbols)));
    }

    private HuffmanCode ReadLengthCode(int count)
    {
        var lengths = new byte[LengthOrder.Length];
        foreach (var symbol in LengthOrder.AsSpan(0, count))
        {
            lengths[symbol] = (byte)_bits.Take(3);
        }

        return new HuffmanCode(lengths);
    }

    private byte[] ReadLengths(HuffmanCode code, int count)
    {
        var lengths = new byte[count];
        for (var at = 0; at < count;)
        {
            var symbol = _bits.Symbol(code);
            Damage.When(symbol == 16 && at == 0);
            var repeats = symbol switch { 16 => 3 + _bits.Take(2), 17 => 3 + _bits.Take(3), 18 => 11 + _bits.Take(7), _ => 1 };
            var length = symbol switch { 16 => lengths[at - 1], > 16 => (byte)0, _ => (byte)symbol };
            lengths.AsSpan(at, repeats).Fill(length);
            at += repeats;
        }

        return lengths;
    }

    private void ReadSymbols(HuffmanCode symbols, HuffmanCode distances)
    {
        for (var symbol = _bits.Symbol(symbols); symbol != EndOfBlock; symbol = _bits.Symbol(symbols))
        {
            if (symbol < EndOfBlock)
            {
                Put((byte)symbol);
            }
            else
            {
                Repeat(symbol - EndOfBlock - 1, distances);
            }
        }
    }

    private void Repeat(int lengthSymbol, HuffmanCode distances)
    {
        Damage.When(lengthSymbol >= LengthFrom.Length);
        var length = LengthFrom[lengthSymbol] + _bits.Take(LengthBits[lengthSymbol]);
        var distance = ReadDistance(_bits.Symbol(distances));
        Damage.When(distance > _length);
        for (; length > 0; length--)
        {
            Put(_window[(_at - distance) & (_window.Length - 1)]);
        }
    }

    // Two distances for each number of further bits from 0 on, after the first two (RFC 1951, section 3.2.5).
    private int ReadDistance(int symbol)
    {
        Damage.When(symbol >= 30);
        var further = Math.Max(0, (symbol / 2) - 1);
        return symbol < 2 ? symbol + 1 : ((2 + (symbol & 1)) << further) + 1 + _bits.Take(further);
    }

    private void Put(byte one)
    {
        _window[_at++] = one;
        _length++;
        if (_at == _window.Length)
        {
            target.Pass(_window);
            _at = 0;
        }
    }
}
