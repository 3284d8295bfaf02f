using System.Buffers.Binary;

namespace ScaleMs.Store.Archives;

/// <summary>The extra field of a large member (zip64): its sizes where the header has no room for them.</summary>
internal static class ZipExtra
{
    private const int LargeSizes = 1;

    public static bool TryReadSizes(ReadOnlySpan<byte> extra, ref ulong length, ref ulong packed)
    {
        while (extra.Length >= 4)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            var field = extra.Slice(4, size);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == LargeSizes)
            {
                Take(ref field, ref length);
                Take(ref field, ref packed);
                return true;
            }

            extra = extra[(4 + size)..];
        }

        return false;
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref ulong size)
    {
        if (size == uint.MaxValue)
        {
            size = BinaryPrimitives.ReadUInt64LittleEndian(field);
            field = field[8..];
        }
    }
}
