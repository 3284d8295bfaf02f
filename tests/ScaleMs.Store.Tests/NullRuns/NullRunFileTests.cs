using System.Buffers.Binary;
using ScaleMs.Store.Journal;
using ScaleMs.Store.NullRuns;

namespace ScaleMs.Store.Tests.NullRuns;

/// <summary>Whatever stands where a null run is remembered, reading it neither throws, hangs, nor reads beyond its end.</summary>
public sealed class NullRunFileTests : IDisposable
{
    private const int HeadLength = 8;
    private const int HeadBegin = 12;
    private readonly Remembered _run = new Remembered().Keep();
    private readonly byte[] _whole;

    public NullRunFileTests() => _whole = File.ReadAllBytes(_run.Memory);

    private int Rows => HeadBegin + BinaryPrimitives.ReadInt32LittleEndian(_whole.AsSpan(HeadLength));

    private int RowCount => _whole.Length - (2 * sizeof(int));

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Confirm_CutOffAnywhere_NotConfirmed()
    {
        for (var length = 0; length < _whole.Length; length++)
        {
            File.WriteAllBytes(_run.Memory, _whole[..length]);
            Assert.False(_run.IsConfirmed());
        }
    }

    [Fact]
    public void Confirm_AnyByteFlipped_NotConfirmed()
    {
        for (var at = 0; at < _whole.Length; at++)
        {
            var bytes = (byte[])_whole.Clone();
            bytes[at] ^= 0x10;
            File.WriteAllBytes(_run.Memory, bytes);
            Assert.False(_run.IsConfirmed());
        }
    }

    [Fact]
    public void Confirm_AnyByteChangedUnderARightChecksum_NothingThrown()
    {
        const int Seed = 20_260_301;
        var random = new Random(Seed);
        for (var round = 0; round < 4_000; round++)
        {
            var bytes = (byte[])_whole.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length - sizeof(int))] = (byte)random.Next(256);
            }

            Confirm(bytes, isRehashed: round % 2 == 0);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(0x0200_0000)]
    public void Confirm_NumbersOutOfRange_NotConfirmed(int number)
    {
        foreach (var at in (int[])[HeadLength, RowCount])
        {
            var bytes = (byte[])_whole.Clone();
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), number);
            Confirm(bytes, isRehashed: false);
            // Fewer looks than were taken is the one lie that a right checksum can tell.
            Assert.True(number == 1 && at == RowCount || !_run.IsConfirmed());
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(100_000)]
    public void Confirm_PathsOutOfRange_NotConfirmed(int offset)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(_whole.AsSpan(RowCount));
        for (var row = 0; row < count; row++)
        {
            var bytes = (byte[])_whole.Clone();
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Rows + (row * LookRow.Size)), offset);
            Confirm(bytes, isRehashed: row % 2 == 0);
            Assert.False(_run.IsConfirmed());
        }
    }

    [Fact]
    public void Confirm_LastPathWithoutAnEnd_NotConfirmed()
    {
        var bytes = (byte[])_whole.Clone();
        bytes[RowCount - 1] = (byte)'x';
        Confirm(bytes, isRehashed: false);

        Assert.False(_run.IsConfirmed());
    }

    [Fact]
    public void Confirm_Noise_NotConfirmed()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            _whole.AsSpan(0, Math.Min(HeadLength, bytes.Length)).CopyTo(bytes);
            Confirm(bytes, isRehashed: false);
            Assert.False(_run.IsConfirmed());
        }
    }

    [Fact]
    public void IsKnownPure_CutOffInTheFront_NotKnown()
    {
        for (var length = 0; length < HeadBegin + 64; length++)
        {
            File.WriteAllBytes(_run.Memory, _whole[..length]);
            Assert.False(_run.IsKnownPure(Remembered.PureCode));
        }
    }

    [Fact]
    public void IsKnownPure_AnotherVersionsFile_NotKnown()
    {
        _whole[HeadLength - 1]++;
        File.WriteAllBytes(_run.Memory, _whole);
        Assert.False(_run.IsKnownPure(Remembered.PureCode));
    }

    private void Confirm(byte[] bytes, bool isRehashed)
    {
        if (bytes.Length >= sizeof(int))
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - sizeof(int)), unchecked((int)Crc32C.Of(bytes.AsSpan(0, bytes.Length - sizeof(int)))));
        }

        File.WriteAllBytes(_run.Memory, bytes);
        _ = _run.IsConfirmed(isRehashed);
    }
}
