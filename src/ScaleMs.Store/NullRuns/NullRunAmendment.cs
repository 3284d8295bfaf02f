using System.Buffers.Binary;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.NullRuns;

/// <summary>What a run of the affected steps changed in a remembered null run: it is appended, so that nothing is written anew.</summary>
/// <remarks>Form: the checksum that names the file; length of the head; number of rows; head; rows, each behind its number; CRC-32C of all before it.</remarks>
/// <param name="Head">What stands in the place of the head before, encoded: only the last one is read.</param>
/// <param name="Rows">Looks by their number among all.</param>
internal sealed record NullRunAmendment(Memory<byte> Head, IReadOnlyList<KeyValuePair<int, LookRow>> Rows)
{
    private const int Front = 3 * sizeof(int);
    private const int NumberedRow = sizeof(int) + LookRow.Size;

    public byte[] Encode(uint file)
    {
        var bytes = new byte[Front + Head.Length + (Rows.Count * NumberedRow) + sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, file);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int)), Head.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2 * sizeof(int)), Rows.Count);
        Head.CopyTo(bytes.AsMemory(Front));
        var rest = bytes.AsSpan(Front + Head.Length);
        foreach (var (index, row) in Rows)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, index);
            row.Write(rest[sizeof(int)..NumberedRow]);
            rest = rest[NumberedRow..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(rest, Crc32C.Of(bytes.AsSpan(0, bytes.Length - sizeof(uint))));
        return bytes;
    }

    /// <summary>Reads the next one; null when it is not whole, or made for another file.</summary>
    /// <param name="bytes">Where it begins.</param>
    /// <param name="file">The checksum that names the file.</param>
    /// <param name="length">How many bytes it has.</param>
    public static NullRunAmendment? TryRead(Memory<byte> bytes, uint file, out int length)
    {
        length = 0;
        if (bytes.Length < Front || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) != file)
        {
            return null;
        }

        var head = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[sizeof(int)..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[(2 * sizeof(int))..]);
        var end = (long)Front + head + ((long)count * NumberedRow);
        if (head < 0 || count < 0 || end > bytes.Length - sizeof(uint) || Crc32C.Of(bytes.Span[..(int)end]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(int)end..]))
        {
            return null;
        }

        length = (int)end + sizeof(uint);
        return new NullRunAmendment(bytes[Front..(Front + head)], RowsIn(bytes.Span[(Front + head)..(int)end]));
    }

    private static List<KeyValuePair<int, LookRow>> RowsIn(ReadOnlySpan<byte> bytes)
    {
        var rows = new List<KeyValuePair<int, LookRow>>(bytes.Length / NumberedRow);
        for (; bytes.Length > 0; bytes = bytes[NumberedRow..])
        {
            rows.Add(KeyValuePair.Create(BinaryPrimitives.ReadInt32LittleEndian(bytes), LookRow.Read(bytes[sizeof(int)..NumberedRow])));
        }

        return rows;
    }
}
