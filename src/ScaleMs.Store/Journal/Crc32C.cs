using System.Buffers.Binary;
using System.Numerics;

namespace ScaleMs.Store.Journal;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): finds damage; it is no defence against forgery.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of nothing.</summary>
    public const uint OfNothing = 0;

    public static uint Of(ReadOnlySpan<byte> bytes) => Continue(OfNothing, bytes);

    /// <summary>The checksum of some bytes and of those that follow them.</summary>
    /// <param name="before">The checksum of what came before.</param>
    /// <param name="bytes">What follows.</param>
    public static uint Continue(uint before, ReadOnlySpan<byte> bytes)
    {
        var crc = ~before;
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
