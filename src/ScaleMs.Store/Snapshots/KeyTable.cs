using System.Buffers;
using System.Buffers.Binary;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Snapshots;

/// <summary>Where the results and step states of one segment stand, so that one record is found without reading the rest.</summary>
/// <remarks>
/// A file beside the segment, written once, when the segment is complete: 8 bytes of magic, the segment's length, the rows (hash, offset)
/// sorted by hash, CRC-32C. Never the truth: without it the segment is read, and a line that is found must be whole and the right one.
/// </remarks>
internal sealed class KeyTable
{
    public const string Extension = ".keys";
    public const int HeadSize = 16;
    public const int RowSize = 16;
    public const int TrailerSize = 4;

    private readonly List<KeyRow> _rows = [];

    public static ReadOnlySpan<byte> Magic => "SMSKEY\0\u0001"u8;

    /// <summary>The rows of an entry: one for a result or a step state.</summary>
    public static KeyRow[] RowsOf(JournalEntry entry, long offset) => entry switch
    {
        JournalEntry.Fact { Record: ActionResult result } => [new KeyRow(HashOf(result.Key), offset)],
        JournalEntry.Fact { Record: StepStateRecord state } => [new KeyRow(HashOf(state.Step), offset)],
        _ => [],
    };

    public static ulong HashOf(ActionKey key) => HashOf(key.Digest);

    public static ulong HashOf(StepId step) => HashOf(Digest.OfText(step.ToString()));

    public void Add(IEnumerable<KeyRow> rows) => _rows.AddRange(rows);

    /// <summary>Writes the table beside its segment; what the disk refuses is done without.</summary>
    public void TryWrite(string segment, long length)
    {
        var path = segment + Extension;
        try
        {
            File.WriteAllBytes(path, Encode(length));
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            TemporaryName.TryDelete(path);
        }
    }

    private byte[] Encode(long length)
    {
        _rows.Sort((one, other) => one.Hash != other.Hash ? one.Hash.CompareTo(other.Hash) : one.Offset.CompareTo(other.Offset));
        var bytes = new byte[HeadSize + (_rows.Count * RowSize) + TrailerSize];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), length);
        var at = HeadSize;
        foreach (var row in _rows)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), row.Hash);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 8), row.Offset);
            at += RowSize;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), Crc32C.Of(bytes.AsSpan(0, at)));
        return bytes;
    }

    private static ulong HashOf(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        digest.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
