using System.Buffers.Binary;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.NullRuns;

/// <summary>Writes bytes and counts their CRC-32C on the way.</summary>
/// <param name="file">Takes the bytes; buffered.</param>
internal sealed class ChecksummedWriter(Stream file)
{
    private uint _crc = Crc32C.OfNothing;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _crc = Crc32C.Continue(_crc, bytes);
        file.Write(bytes);
    }

    public void Write(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        Write(bytes);
    }

    /// <summary>The checksum of all that was written.</summary>
    public void WriteChecksum() => Write(unchecked((int)_crc));
}
