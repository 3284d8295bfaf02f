using System.Buffers.Binary;
using System.Numerics;

namespace ScaleMs.Store.Journal;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): finds damage; it is no defence against forgery.</summary>
internal static class Crc32C
{
    private const uint Start = 0xFFFFFFFF;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = Start;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var single in bytes)
        {
            crc = BitOperations.Crc32C(crc, single);
        }

        return ~crc;
    }
}
