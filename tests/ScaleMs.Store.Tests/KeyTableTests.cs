using System.Buffers.Binary;
using ScaleMs.Store.Snapshots;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class KeyTableTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    /// <summary>Rows are kept in pieces of 4096 and merged when they are written; hashes that come often stand in several pieces.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(3 * 4096)]
    [InlineData(20_000)]
    public void Write_ManyRows_HasAllInOrder(int count)
    {
        var random = new Random(count);
        List<KeyRow> rows = [.. Enumerable.Range(0, count).Select(i => new KeyRow((ulong)random.Next(count / 3) << 40, i * 10L))];
        var table = new KeyTable();
        rows.Chunk(7).ToList().ForEach(table.Add);
        table.TryWrite(Path.Combine(_workspace.Root, "segment"), 123);
        Assert.Equal(rows.OrderBy(row => row.Hash).ThenBy(row => row.Offset), RowsIn(File.ReadAllBytes(Path.Combine(_workspace.Root, "segment" + KeyTable.Extension)), count));
    }

    private static List<KeyRow> RowsIn(byte[] table, int count)
    {
        var rows = new List<KeyRow>();
        for (var (block, number) = (KeyTable.HeadSize, 0); block < table.Length; block += KeyTable.BlockSize, number++)
        {
            Assert.True(KeyTable.HasMark(table.AsSpan(block, KeyTable.BlockSize), 123, number));
            for (var i = 0; i < KeyTable.BlockRows && rows.Count < count; i++)
            {
                var row = table.AsSpan(block + (i * KeyTable.RowSize), KeyTable.RowSize);
                rows.Add(new KeyRow(BinaryPrimitives.ReadUInt64LittleEndian(row), BinaryPrimitives.ReadInt64LittleEndian(row[8..])));
            }
        }

        return rows;
    }
}
