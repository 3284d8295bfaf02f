using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Snapshots;

/// <summary>Reads what <see cref="BinarySink"/> wrote, through a window: the index of a large store never stands in memory as a whole. Its bytes were checked before, so it checks nothing.</summary>
internal sealed class BinarySource
{
    private const int FirstWindow = 1 << 16;
    private readonly SafeFileHandle? _file;
    private readonly List<string> _texts = [];
    private Memory<byte> _buffer;
    private Memory<byte> _window;
    private long _next;
    private long _behind;
    private int _at;

    /// <param name="bytes">The whole body.</param>
    public BinarySource(Memory<byte> bytes) => _window = bytes;

    /// <param name="file">Where it stands.</param>
    /// <param name="offset">Where it begins there.</param>
    /// <param name="length">Its length.</param>
    public BinarySource(SafeFileHandle file, long offset, long length) => (_file, _next, _behind) = (file, offset, length);

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(1)[0];
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

    public string Text() => TextAt(TextNumber());

    /// <summary>A text by its number.</summary>
    public string TextAt(int number) => _texts[number];

    /// <summary>Reads a text.</summary>
    /// <returns>Its number: a text that comes again has the same one.</returns>
    public int TextNumber()
    {
        var known = Count();
        if (known > 0)
        {
            return known - 1;
        }

        _texts.Add(Encoding.UTF8.GetString(Take(Count())));
        return _texts.Count - 1;
    }

    public T[] List<T>(Func<BinarySource, T> read)
    {
        var count = Count();
        var items = count == 0 ? [] : new T[count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(this);
        }

        return items;
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (_window.Length - _at < size && _file is not null)
        {
            Fill(size);
        }

        _at += size;
        return _window.Span.Slice(_at - size, size);
    }

    /// <summary>Moves the window on, so that it holds at least so much from here on.</summary>
    private void Fill(int size)
    {
        var rest = _window[_at..];
        if (rest.Length + _behind < size)
        {
            throw new InvalidDataException("the bytes end too early");
        }

        Memory<byte> window = size > _buffer.Length ? new byte[Math.Max(size, FirstWindow)] : _buffer;
        rest.CopyTo(window);
        var count = rest.Length;
        for (var read = -1; read != 0 && count < window.Length && _behind > 0; count += read)
        {
            read = RandomAccess.Read(_file!, window.Span[count..(int)Math.Min(window.Length, count + _behind)], _next);
            (_next, _behind) = (_next + read, _behind - read);
        }

        (_buffer, _window, _at) = (window, window[..count], 0);
    }
}
