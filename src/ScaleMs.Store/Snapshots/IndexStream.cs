using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Snapshots;

/// <summary>Writes an index piece by piece: that of a large store never stands in memory as a whole.</summary>
/// <param name="file">The file, empty.</param>
/// <param name="magic">What the file begins with.</param>
/// <param name="largestBody">The most bytes between the magic and the trailer.</param>
internal sealed class IndexStream(SafeFileHandle file, ReadOnlyMemory<byte> magic, long largestBody)
{
    /// <summary>Half of what the sink has room for, so that it seldom grows.</summary>
    private const int Piece = 1 << 15;
    private uint _crc = Crc32C.OfNothing;
    private long _body;

    /// <summary>Where the next byte of the body comes to stand, counted from the file's beginning.</summary>
    public long Position => magic.Length + _body + Sink.Written.Length;

    /// <summary>The checksum of the body; final when it is finished.</summary>
    public uint Checksum => _crc;

    /// <summary>Takes the body.</summary>
    public BinarySink Sink { get; } = new();

    /// <summary>Writes what the sink has, when that is enough for a write.</summary>
    /// <exception cref="IOException">The disk refused, or the body is too large.</exception>
    public void Advance()
    {
        if (Sink.Written.Length >= Piece)
        {
            Flush();
        }
    }

    /// <summary>Writes the rest, the magic and the trailer.</summary>
    /// <exception cref="IOException">The disk refused, or the body is too large.</exception>
    public void Finish()
    {
        Flush();
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc);
        RandomAccess.Write(file, trailer, magic.Length + _body);
        RandomAccess.Write(file, magic.Span, 0);
    }

    private void Flush()
    {
        var bytes = Sink.Written;
        if (_body + bytes.Length > largestBody)
        {
            throw new IOException("the index would be too large");
        }

        RandomAccess.Write(file, bytes, magic.Length + _body);
        _crc = Crc32C.Continue(_crc, bytes);
        _body += bytes.Length;
        Sink.Clear();
    }
}
