using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ScaleMs.Engine.Functions;

/// <summary>Writes fields that cannot run into each other: every text and byte string carries its length.</summary>
internal sealed class CanonicalWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    // UTF-16 as it stands: UTF-8 would turn every unpaired surrogate of a literal into the same replacement character.
    public CanonicalWriter Text(string value) => Bytes(MemoryMarshal.AsBytes(value.AsSpan()));

    public CanonicalWriter Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        _buffer.Write(value);
        return this;
    }

    public CanonicalWriter Number(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
        return this;
    }

    public CanonicalWriter Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
        return this;
    }

    /// <summary>Hashes what was written and starts over.</summary>
    public string TakeSha256Hex()
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(_buffer.WrittenSpan));
        _buffer.ResetWrittenCount();
        return hex;
    }
}
