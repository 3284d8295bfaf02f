using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Snapshots;

/// <summary>Writes the index's primitives: small numbers in few bytes, each distinct text once.</summary>
internal sealed class BinarySink
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>What was written is somewhere else now; texts keep their numbers.</summary>
    public void Clear() => _buffer.ResetWrittenCount();

    /// <summary>Texts are written again from here on: what follows can be read by itself.</summary>
    public void Forget() => _texts.Clear();

    /// <summary>Makes room for so many distinct texts.</summary>
    public void Expect(int texts) => _texts.EnsureCapacity(texts);

    /// <summary>Seven bits a byte, low ones first.</summary>
    public void Number(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var size = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[size++] = (byte)((value & 0x7F) | 0x80);
        }

        span[size++] = (byte)value;
        _buffer.Advance(size);
    }

    /// <summary>Signed, zigzag, so that -1 is as short as 1.</summary>
    /// <remarks>Every value has its number: nanoseconds since 1970 pass half the range in 2116, and a file may bear any date.</remarks>
    public void Signed(long value) => Number(unchecked((ulong)((value << 1) ^ (value >> 63))));

    public void Fixed(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(sizeof(ulong)), value);
        _buffer.Advance(sizeof(ulong));
    }

    public void Real(double value) => Fixed(BitConverter.DoubleToUInt64Bits(value));

    public void Flag(bool value) => Number(value ? 1u : 0u);

    public void Digest(Digest value)
    {
        value.CopyTo(_buffer.GetSpan(Core.Digests.Digest.Size));
        _buffer.Advance(Core.Digests.Digest.Size);
    }

    /// <summary>What another sink has written, as it is.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>The ticks as the clock showed them, and the offset in minutes: what ISO 8601 keeps too.</summary>
    public void Time(DateTimeOffset value)
    {
        Fixed((ulong)value.Ticks);
        Signed((long)value.Offset.TotalMinutes);
    }

    /// <summary>A number: 0 and the text for a new one, else its place among those before, from 1.</summary>
    public void Text(string value)
    {
        if (_texts.TryGetValue(value, out var known))
        {
            Number((ulong)known);
            return;
        }

        _texts.Add(value, _texts.Count + 1);
        Number(0);
        var size = Encoding.UTF8.GetByteCount(value);
        Number((ulong)size);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(size));
        _buffer.Advance(size);
    }

    public void List<T>(IReadOnlyCollection<T> items, Action<BinarySink, T> write)
    {
        Number((ulong)items.Count);
        foreach (var item in items)
        {
            write(this, item);
        }
    }
}
