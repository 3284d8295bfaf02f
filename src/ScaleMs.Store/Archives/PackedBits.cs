namespace ScaleMs.Store.Archives;

/// <summary>Bits of a deflated member, lowest first; a byte is taken only when a bit of it is needed.</summary>
internal sealed class PackedBits(PackedBytes bytes)
{
    private ulong _bits;
    private int _count;

    public int Take(int count)
    {
        while (_count < count)
        {
            Fetch();
        }

        return Drop(count);
    }

    public int Symbol(HuffmanCode code)
    {
        while (true)
        {
            var entry = code.Entry(_bits);
            var length = entry & 15;
            if (length > 0 && length <= _count)
            {
                Drop(length);
                return entry >> 4;
            }

            Damage.When(_count >= code.Bits);
            Fetch();
        }
    }

    public void DropToByte() => (_bits, _count) = (0, 0);

    private void Fetch()
    {
        _bits |= (ulong)bytes.Byte() << _count;
        _count += 8;
    }

    private int Drop(int count)
    {
        var value = (int)(_bits & ((1UL << count) - 1));
        _bits >>= count;
        _count -= count;
        return value;
    }
}
