using System.Buffers.Binary;

namespace ScaleMs.Store.Archives;

/// <summary>A stream of packed bytes that takes back what an inflater read too far: it can be turned back within its last read.</summary>
internal sealed class ArchiveStream(Stream source) : Stream
{
    private readonly byte[] _part = new byte[1 << 16];
    private int _from;
    private int _to;

    public override bool CanRead => true;

    // Said for the inflater, which turns a stream that can seek back to the end of the packed bytes.
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public bool IsAtEnd => !Fill();

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || !Fill())
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _to - _from);
        _part.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        if (origin != SeekOrigin.Current || offset > 0 || -offset > _from)
        {
            throw new InvalidDataException("The stream can only be turned back within its last read.");
        }

        _from += (int)offset;
        return 0;
    }

    public byte Byte() => Bytes(1)[0];

    public int Word() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint DoubleWord() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        ReadExactly(bytes);
        return bytes;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Fill()
    {
        if (_from == _to)
        {
            _from = 0;
            _to = source.Read(_part);
        }

        return _to > 0;
    }
}
