using System.Buffers.Binary;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Snapshots;

/// <summary>Reads what <see cref="BinarySink"/> wrote. Its bytes were checked before, so it checks nothing.</summary>
/// <param name="bytes">The whole body.</param>
internal sealed class BinarySource(ReadOnlyMemory<byte> bytes)
{
    private readonly List<string> _texts = [];
    private int _at;

    public ulong Number()
    {
        var span = bytes.Span;
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public int Count() => (int)Number();

    public long Signed()
    {
        var value = Number();
        return unchecked((long)(value >> 1) ^ -(long)(value & 1));
    }

    public ulong Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public double Real() => BitConverter.UInt64BitsToDouble(Fixed());

    public bool Flag() => Number() != 0;

    public Digest Digest() => new(Take(Core.Digests.Digest.Size));

    public DateTimeOffset Time()
    {
        var ticks = (long)Fixed();
        return new DateTimeOffset(ticks, TimeSpan.FromMinutes(Signed()));
    }

    public string Text()
    {
        var known = Count();
        if (known > 0)
        {
            return _texts[known - 1];
        }

        var text = Encoding.UTF8.GetString(Take(Count()));
        _texts.Add(text);
        return text;
    }

    public T[] List<T>(Func<BinarySource, T> read)
    {
        var items = new T[Count()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(this);
        }

        return items;
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        _at += size;
        return bytes.Span.Slice(_at - size, size);
    }
}
