using System.Buffers.Binary;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Snapshots;

/// <summary>Looks a hash up in a written <see cref="KeyTable"/>.</summary>
/// <remarks>All of it is read and checked: a damaged row could hide the newest line behind an older one.</remarks>
internal sealed class KeyTableFile
{
    private readonly byte[] _bytes;
    private readonly int _count;

    private KeyTableFile(byte[] bytes)
    {
        _bytes = bytes;
        _count = (bytes.Length - KeyTable.HeadSize - KeyTable.TrailerSize) / KeyTable.RowSize;
    }

    /// <summary>Reads the table of a segment; null when there is none of that length, or a damaged one.</summary>
    public static KeyTableFile? TryRead(string segment, long length)
    {
        try
        {
            var path = segment + KeyTable.Extension;
            return File.Exists(path) && File.ReadAllBytes(path) is var bytes && IsWhole(bytes, length) ? new KeyTableFile(bytes) : null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }

    /// <summary>The offsets of a hash's lines, the latest first.</summary>
    public IEnumerable<long> Find(ulong hash)
    {
        for (var at = UpperBound(hash) - 1; at >= 0 && Row(at) is var row && row.Hash == hash; at--)
        {
            yield return row.Offset;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes, long length) =>
        bytes.Length >= KeyTable.HeadSize + KeyTable.TrailerSize && bytes.StartsWith(KeyTable.Magic)
        && BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) == length
        && Crc32C.Of(bytes[..^KeyTable.TrailerSize]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[^KeyTable.TrailerSize..]);

    private int UpperBound(ulong hash)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Row(middle).Hash <= hash ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private KeyRow Row(int at)
    {
        var row = _bytes.AsSpan(KeyTable.HeadSize + (at * KeyTable.RowSize));
        return new KeyRow(BinaryPrimitives.ReadUInt64LittleEndian(row), BinaryPrimitives.ReadInt64LittleEndian(row[8..]));
    }
}
