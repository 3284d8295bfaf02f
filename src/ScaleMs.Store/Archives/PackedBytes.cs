using System.Buffers.Binary;

namespace ScaleMs.Store.Archives;

/// <summary>The bytes of an archive, in order and never read further than asked for.</summary>
internal sealed class PackedBytes(Stream source)
{
    private readonly byte[] _part = new byte[1 << 16];
    private int _from;
    private int _to;

    public bool IsAtEnd => _from == _to && !TryFill();

    public byte Byte()
    {
        if (IsAtEnd)
        {
            throw new EndOfStreamException();
        }

        return _part[_from++];
    }

    public int Word() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint DoubleWord() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Read(bytes);
        return bytes;
    }

    public void Read(Span<byte> target)
    {
        while (target.Length > 0)
        {
            target[0] = Byte();
            var more = Math.Min(target.Length - 1, _to - _from);
            _part.AsSpan(_from, more).CopyTo(target[1..]);
            _from += more;
            target = target[(more + 1)..];
        }
    }

    private bool TryFill()
    {
        _from = 0;
        _to = source.Read(_part);
        return _to > 0;
    }
}
