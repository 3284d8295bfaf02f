using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Snapshots;

/// <summary>Looks a hash up in a written <see cref="KeyTable"/>.</summary>
/// <remarks>Only the blocks on the way are read, and each is checked: a damaged row could hide the newest line behind an older one. Not thread-safe.</remarks>
internal sealed class KeyTableFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _block = new byte[KeyTable.BlockSize];
    private readonly long _length;
    private readonly long _count;
    private long _number = -1;

    private KeyTableFile(SafeFileHandle file, long length)
    {
        _file = file;
        _length = length;
        (_count, IsFull) = ReadHead();
    }

    /// <summary>Whether it names all that <see cref="KeyTable.RowsOf"/> does now; older ones name results and step states only.</summary>
    public bool IsFull { get; }

    /// <summary>Opens a segment's table; null when it has none of that length, or a damaged one.</summary>
    public static KeyTableFile? TryOpen(string segment, long length)
    {
        SafeFileHandle? file = null;
        try
        {
            var path = segment + KeyTable.Extension;
            return File.Exists(path) ? new KeyTableFile(file = ReadHandle.Open(path), length) : null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is InvalidDataException)
        {
            file?.Dispose();
            return null;
        }
    }

    /// <summary>The offsets of a hash's lines, the latest first; null when the segment has no table of that length, or a damaged one.</summary>
    public static long[]? TryFind(string segment, long length, ulong hash)
    {
        try
        {
            using var table = TryOpen(segment, length);
            return table?.Find(hash);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is InvalidDataException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The offsets of a hash's lines, the latest first.</summary>
    /// <exception cref="InvalidDataException">The table is damaged there.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public long[] Find(ulong hash)
    {
        var end = UpperBound(hash);
        var begin = end;
        while (begin > 0 && Row(begin - 1).Hash == hash)
        {
            begin--;
        }

        var offsets = new long[end - begin];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Row(end - 1 - i).Offset;
        }

        return offsets;
    }

    private long UpperBound(ulong hash)
    {
        var (low, high) = (0L, _count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Row(middle).Hash <= hash)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private KeyRow Row(long at)
    {
        Load(at / KeyTable.BlockRows);
        var row = _block.AsSpan((int)(at % KeyTable.BlockRows) * KeyTable.RowSize);
        return new KeyRow(BinaryPrimitives.ReadUInt64LittleEndian(row), BinaryPrimitives.ReadInt64LittleEndian(row[8..]));
    }

    private void Load(long number)
    {
        if (number == _number)
        {
            return;
        }

        _number = -1;
        Read(_block, KeyTable.HeadSize + (number * KeyTable.BlockSize));
        Require(KeyTable.HasMark(_block, _length, number));
        _number = number;
    }

    private (long Count, bool IsFull) ReadHead()
    {
        Span<byte> head = stackalloc byte[KeyTable.HeadSize];
        Read(head, 0);
        var isFull = head.StartsWith(KeyTable.Magic);
        Require((isFull || head.StartsWith(KeyTable.OldMagic)) && KeyTable.HasMark(head, _length, KeyTable.HeadNumber));
        return (BinaryPrimitives.ReadInt64LittleEndian(head[KeyTable.Magic.Length..]), isFull);
    }

    private void Read(Span<byte> bytes, long offset) => Require(RandomAccess.Read(_file, bytes, offset) == bytes.Length);

    private static void Require(bool isWhole)
    {
        if (!isWhole)
        {
            throw new InvalidDataException();
        }
    }
}
