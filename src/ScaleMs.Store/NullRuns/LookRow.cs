using System.Buffers.Binary;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.NullRuns;

/// <summary>A look as a row of <see cref="Size"/> bytes.</summary>
/// <param name="PathOffset">Where its path begins among the paths.</param>
/// <param name="Flags">Bit 0: something was there; bit 1: links were not followed.</param>
/// <param name="Stat">What was there.</param>
/// <param name="Bytes">The byte digest, or none.</param>
internal readonly record struct LookRow(int PathOffset, uint Flags, FileStat Stat, Digest Bytes)
{
    public const int Size = 56 + Digest.Size;
    private const uint Found = 1;
    private const uint OfLink = 2;

    public bool IsFound => (Flags & Found) != 0;

    public bool FollowsLinks => (Flags & OfLink) == 0;

    public static LookRow Of(in Look look, int pathOffset) => new(
        pathOffset, (look.Found is null ? 0 : Found) | (look.FollowsLinks ? 0 : OfLink), look.Found.GetValueOrDefault(), look.Bytes);

    public static LookRow Read(ReadOnlySpan<byte> row) => new(
        BinaryPrimitives.ReadInt32LittleEndian(row),
        BinaryPrimitives.ReadUInt32LittleEndian(row[4..]),
        new FileStat(
            BinaryPrimitives.ReadUInt64LittleEndian(row[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(row[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(row[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(row[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(row[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(row[48..])),
        new Digest(row[56..]));

    public void Write(Span<byte> row)
    {
        BinaryPrimitives.WriteInt32LittleEndian(row, PathOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(row[4..], Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(row[8..], Stat.Device);
        BinaryPrimitives.WriteUInt64LittleEndian(row[16..], Stat.Inode);
        BinaryPrimitives.WriteInt64LittleEndian(row[24..], Stat.Length);
        BinaryPrimitives.WriteInt64LittleEndian(row[32..], Stat.ModifiedNs);
        BinaryPrimitives.WriteInt64LittleEndian(row[40..], Stat.ChangedNs);
        BinaryPrimitives.WriteUInt32LittleEndian(row[48..], Stat.Mode);
        row[52..56].Clear();
        Bytes.CopyTo(row[56..]);
    }
}
