using System.Buffers;
using System.Buffers.Binary;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Snapshots;

/// <summary>Where the records and blob facts of one segment stand that somebody asks for by name, so that one is found without reading the rest.</summary>
/// <remarks>
/// A file beside the segment, written once, when the segment is complete. Never the truth: without it the segment is read, and a line that
/// is found must be whole and the right one. Form: a head (8 bytes of magic with the version, how many rows), then blocks of rows (hash, offset)
/// sorted by hash; each of these ends with its mark: the segment's length, its number, CRC-32C of all before. So a block is read alone.
/// </remarks>
internal sealed class KeyTable
{
    public const string Extension = ".keys";
    public const int RowSize = 16;
    public const int BlockRows = 255;
    public const int BlockSize = (BlockRows * RowSize) + MarkSize;
    public const int HeadSize = 32;

    /// <summary>The head's number among the blocks.</summary>
    public const int HeadNumber = -1;

    private const int MarkSize = 16;
    private const int CrcSize = 4;

    /// <summary>One array for all rows would be made anew and copied each time it is full.</summary>
    private const int PieceRows = 4096;

    private readonly List<KeyRow[]> _pieces = [];
    private int _count;

    public static ReadOnlySpan<byte> Magic => "SMSKEY\0\u0003"u8;

    /// <summary>The form before: results and step states only.</summary>
    public static ReadOnlySpan<byte> OldMagic => "SMSKEY\0\u0002"u8;

    /// <summary>The rows of an entry: a result is found by its key and by its step, a step state by its step, a file and what is published by the path, a tool by its probe, a blob by its digest.</summary>
    /// <remarks>Tables of older versions name results by key only: what is found by step is then not all there is.</remarks>
    public static KeyRow[] RowsOf(JournalEntry entry, long offset) => entry switch
    {
        JournalEntry.Fact { Record: ActionResult result } => [new KeyRow(HashOf(result.Key), offset), new KeyRow(HashOf(result.Step), offset)],
        JournalEntry.Fact { Record: StepStateRecord state } => [new KeyRow(HashOf(state.Step), offset)],
        JournalEntry.Fact { Record: FileFactRecord file } => [new KeyRow(HashOf(file.Path), offset)],
        JournalEntry.Fact { Record: PublishedRecord published } => [new KeyRow(HashOf(published.Path.Value), offset)],
        JournalEntry.Fact { Record: UnpublishedRecord unpublished } => [new KeyRow(HashOf(unpublished.Path.Value), offset)],
        JournalEntry.Fact { Record: ToolFactRecord tool } => [new KeyRow(HashOf(tool.Probe), offset)],
        JournalEntry.Blob blob => [new KeyRow(HashOf(blob.Known.Digest), offset)],
        _ => [],
    };

    public static ulong HashOf(ActionKey key) => HashOf(key.Digest);

    public static ulong HashOf(StepId step) => HashOf(step.ToString());

    /// <summary>Of a path or a probe.</summary>
    public static ulong HashOf(string name) => HashOf(Digest.OfText(name));

    public static ulong HashOf(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        digest.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public void Add(IReadOnlyList<KeyRow> rows)
    {
        for (var i = 0; i < rows.Count; i++, _count++)
        {
            if (_count == _pieces.Count * PieceRows)
            {
                _pieces.Add(new KeyRow[PieceRows]);
            }

            _pieces[^1][_count % PieceRows] = rows[i];
        }
    }

    /// <summary>Writes the table beside its segment; what the disk refuses is done without.</summary>
    public void TryWrite(string segment, long length)
    {
        var path = segment + Extension;
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            Write(file, Sorted(), _count, length);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            TemporaryName.TryDelete(path);
        }
    }

    /// <summary>Whether a head or block is whole, of a segment of that length, and the one of that number.</summary>
    public static bool HasMark(ReadOnlySpan<byte> bytes, long length, long number)
    {
        var mark = bytes[^MarkSize..];
        return BinaryPrimitives.ReadInt64LittleEndian(mark) == length && BinaryPrimitives.ReadInt32LittleEndian(mark[8..]) == number
            && BinaryPrimitives.ReadUInt32LittleEndian(mark[12..]) == Crc32C.Of(bytes[..^CrcSize]);
    }

    /// <summary>Each piece is sorted where it is, and all are merged: a sorted copy of a long run's rows would be megabytes more.</summary>
    private IEnumerable<KeyRow> Sorted()
    {
        var order = Comparer<KeyRow>.Create((one, other) => one.Hash != other.Hash ? one.Hash.CompareTo(other.Hash) : one.Offset.CompareTo(other.Offset));
        var next = new int[_pieces.Count];
        var heads = new PriorityQueue<int, KeyRow>(_pieces.Count, order);
        for (var i = 0; i < _pieces.Count; i++)
        {
            Array.Sort(_pieces[i], 0, LengthOf(i), order);
            heads.Enqueue(i, _pieces[i][0]);
        }

        while (heads.TryPeek(out var piece, out var row))
        {
            yield return row;
            if (++next[piece] < LengthOf(piece))
            {
                heads.DequeueEnqueue(piece, _pieces[piece][next[piece]]);
            }
            else
            {
                heads.Dequeue();
            }
        }
    }

    private int LengthOf(int piece) => Math.Min(PieceRows, _count - (piece * PieceRows));

    private static void Write(Stream file, IEnumerable<KeyRow> rows, int count, long length)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        var head = block[..HeadSize];
        head.Clear();
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head[Magic.Length..], count);
        Mark(head, length, HeadNumber);
        file.Write(head);
        using var next = rows.GetEnumerator();
        for (var number = 0; number * BlockRows < count; number++)
        {
            block.Clear();
            WriteRows(block, next);
            Mark(block, length, number);
            file.Write(block);
        }
    }

    private static void WriteRows(Span<byte> block, IEnumerator<KeyRow> next)
    {
        for (var i = 0; i < BlockRows && next.MoveNext(); i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(block[(i * RowSize)..], next.Current.Hash);
            BinaryPrimitives.WriteInt64LittleEndian(block[((i * RowSize) + 8)..], next.Current.Offset);
        }
    }

    private static void Mark(Span<byte> bytes, long length, int number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes[^MarkSize..], length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[^8..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^CrcSize..], Crc32C.Of(bytes[..^CrcSize]));
    }
}
